/** With it Office encrypts workbooks that are only protected, and opens them unasked ([MS-XLS] 2.4.117). */
export const defaultPassword = 'VelvetSweatshop';
