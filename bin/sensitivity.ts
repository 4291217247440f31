#!/usr/bin/env -S node --max-semi-space-size=4 --disable-warning=ExperimentalWarning
import { runProgram } from '../src/cli/program.ts';

await runProgram(process.argv);
