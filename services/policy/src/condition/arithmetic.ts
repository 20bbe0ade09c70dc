const one = 10_000n

/** Product of two numbers in ten-thousandths, rounded half-even. */
export function multiplyUnits(left: bigint, right: bigint): bigint {
  return divideHalfEven(left * right, one)
}

/** Quotient of two numbers in ten-thousandths, rounded half-even. The divisor is not zero. */
export function divideUnits(left: bigint, right: bigint): bigint {
  return right < 0n ? divideHalfEven(-left * one, -right) : divideHalfEven(left * one, right)
}

/** The divisor is above zero. */
function divideHalfEven(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor
  const rest = dividend % divisor
  const twice = (rest < 0n ? -rest : rest) * 2n
  if (twice < divisor || (twice === divisor && quotient % 2n === 0n)) return quotient
  return quotient + (dividend < 0n ? -1n : 1n)
}
