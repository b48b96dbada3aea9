import { defineMessages } from '@orderloom/ui/i18n';

export const sessionMessages = defineMessages({
  en: {
    title: 'Sign in to Orderloom',
    tagline: 'Draw the order process, run what was drawn, share one live picture of every order.',
    email: 'E-mail',
    password: 'Password',
    signIn: 'Sign in',
    emailMissing: 'Enter your e-mail address.',
    passwordMissing: 'Enter your password.',
    help: 'No account? People are invited by an owner of their organisation. On a first start the server prints the accounts of the demonstration.',
  },
  zh: {
    title: '登录 Orderloom',
    tagline: '画出订单流程，按图运行，让所有人看到每张订单的实时状态。',
    email: '邮箱',
    password: '密码',
    signIn: '登录',
    emailMissing: '请输入邮箱。',
    passwordMissing: '请输入密码。',
    help: '没有账号？请由组织的所有者邀请。首次启动时，服务器会打印演示账号。',
  },
});
