/** Version of the rules in code; it changes whenever the same bytes can give other findings. */
export const engineVersion = '4';
