import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** `npm run dev` shows the console of a service that runs beside it, by default on its own port. */
const API = process.env['API_URL'] ?? 'http://127.0.0.1:3000';

export default defineConfig({
  base: '/console/',
  plugins: [react()],
  build: {
    target: 'es2022',
    manifest: true,
    // what would otherwise be an inline script, which the service's content security policy forbids
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
  },
  server: { proxy: { '/api': API, '/docs': API } },
});
