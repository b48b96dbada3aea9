import type { Problem } from '@orderloom/client';
import type { Locale } from '@orderloom/ui';

/** The server words its problems in English; these say the same in Chinese, less the names of things. */
const chinese: Readonly<Record<string, { readonly message: string; readonly fix?: string }>> = {
  UNREACHABLE: { message: '无法连接服务器。', fix: '请检查网络。页面会自动重试。' },
  SIGN_IN_REFUSED: { message: '邮箱与密码不匹配。', fix: '请核对后重试。' },
  TOO_MANY_ATTEMPTS: { message: '尝试次数过多。', fix: '请等待一分钟后再试。' },
  UNAUTHENTICATED: { message: '您尚未登录。', fix: '请重新登录。' },
  FORBIDDEN: { message: '您的角色无权执行此操作。', fix: '请联系有权限的同事。' },
  INTERNAL: { message: '服务器出现问题。', fix: '请重试；如仍出现，请将下方编号告知管理员。' },
  TENANT_NONE: { message: '您不属于任何组织。', fix: '请联系组织的所有者邀请您。' },
  ORDER_NOT_FOUND: { message: '没有此订单。', fix: '请重新打开订单列表。' },
  TASK_NOT_FOUND: { message: '没有此任务。', fix: '请重新打开任务列表。' },
  TASK_NOT_OPEN: { message: '此任务已经完成。', fix: '请打开订单查看由谁完成及结果。' },
  TASK_TAKEN: { message: '其他人正在处理此任务。', fix: '请让对方放回，或处理其他任务。' },
  TASK_FORM: { message: '表单中有字段缺失或不符合要求。', fix: '请检查标出的字段。' },
  SHIPMENT_NOT_FOUND: { message: '没有此运单号的发货。', fix: '请核对运单号。' },
  TRACKING_STATUS: { message: '状态不在可用列表中。', fix: '请从列表中选择。' },
  INCIDENT_NOT_FOUND: { message: '该异常已处理。', fix: '请刷新页面。' },
  INTAKE_EMPTY: { message: '文件没有内容。', fix: '请重新发送文件。' },
  INTAKE_TOO_LARGE: { message: '文件过大。', fix: '请发送小于 10 MB 的文件。' },
};

/** A problem in the reader's language: what is wrong and what to do. */
export function problemWords(problem: Problem, locale: Locale): { message: string; fix: string | undefined } {
  const words = locale === 'zh' ? chinese[problem.code] : undefined;
  return words
    ? { message: words.message, fix: words.fix }
    : { message: problem.message, fix: problem.fix ?? undefined };
}
