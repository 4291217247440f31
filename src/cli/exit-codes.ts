/** Exit code for wrong usage: an unknown flag, a setting or a policy that cannot be. */
export const usageExitCode = 2;
