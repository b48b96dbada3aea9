import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const server = 'http://127.0.0.1:4000';

export default defineConfig({
  plugins: [react(), tailwindcss()],
  // Browsers that know `light-dark()`, on which the colours are built.
  build: { target: ['chrome123', 'firefox120', 'safari17.5'] },
  server: {
    port: 4001,
    proxy: { '/graphql': server, '/api': server, '/documents': server, '/intake': server },
  },
});
