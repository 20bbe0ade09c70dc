import { loadConfig } from '@holdpoint/chassis'
import { z } from 'zod'
