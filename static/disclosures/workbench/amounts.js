// Amounts as decimal strings: never a float, so never a float's leftovers.
const PLACES = 6;
const NUMBER = /^-?\d+(\.\d+)?$/;

/** What a person typed or pasted, as the service takes it; null is blank, undefined is no amount. */
export function parseAmount(text) {
  const folded = String(text ?? "").normalize("NFKC").replace(/[\s,]/g, "").replace(/[−—–]/g, "-");
  if (folded === "" || folded === "-") return null;
  const bracketed = /^\((.+)\)$/.exec(folded);
  const plain = (bracketed ? `-${bracketed[1]}` : folded).replace(/^\+/, "");
  return NUMBER.test(plain) ? plain : undefined;
}

/** Thousands separators and at least `places` decimals; what is no number stays as it is. */
export function showAmount(value, places = 2) {
  if (value === null || value === undefined || !NUMBER.test(value)) return value ?? "";
  const [whole, decimals = ""] = value.replace("-", "").split(".");
  const tail = decimals.padEnd(places, "0");
  return `${value.startsWith("-") ? "-" : ""}${whole.replace(/\B(?=(\d{3})+$)/g, ",")}${tail && "."}${tail}`;
}

export function toScaled(value) {
  if (!NUMBER.test(value ?? "")) return 0n;
  const [whole, decimals = ""] = value.replace("-", "").split(".");
  const scaled = BigInt(whole + decimals.slice(0, PLACES).padEnd(PLACES, "0"));
  return value.startsWith("-") ? -scaled : scaled;
}

export function fromScaled(scaled) {
  const digits = String(scaled < 0n ? -scaled : scaled).padStart(PLACES + 1, "0");
  const decimals = digits.slice(-PLACES).replace(/0+$/, "").padEnd(2, "0");
  return `${scaled < 0n ? "-" : ""}${digits.slice(0, -PLACES)}.${decimals}`;
}

/** Whether a sum of n rounded amounts may print this total: each stands for half a hundredth either way. */
export function withinRounding(sum, total, n) {
  const difference = sum > total ? sum - total : total - sum;
  return difference <= 5000n * BigInt(n + 1);
}
