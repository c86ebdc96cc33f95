// A document, where the bundle wants one.
export const page = { of: [], alerts: () => new Map() };
