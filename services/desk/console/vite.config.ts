import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** `npm run dev` here serves the pages with reload and hands API calls to a desk that runs already. */
export default defineConfig({
  plugins: [react()],
  build: { outDir: 'dist', chunkSizeWarningLimit: 900 },
  server: { proxy: { '/api': 'http://127.0.0.1:19100' } },
})
