import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** `npm run dev` serves the pages from here and hands API calls to its desk; `npx vite` to that of `npm start`. */
export default defineConfig({
  plugins: [react()],
  build: { outDir: 'dist', chunkSizeWarningLimit: 900 },
  server: { proxy: { '/api': process.env.DESK_URL ?? 'http://127.0.0.1:19100' } },
})
