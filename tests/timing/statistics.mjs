// What two samples of times have to say about each other.

/** @param {number[]} sample */
export function describe(sample) {
  const sorted = sample.toSorted((a, b) => a - b)
  const mean = sum(sample) / sample.length
  const variance = sum(sample.map((value) => (value - mean) ** 2)) / (sample.length - 1)
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]]
  return { count: sample.length, mean, median: (low + high) / 2, variance }
}

/** Welch's t: how many standard errors the means are apart. @param {number[]} one @param {number[]} other */
export function welch(one, other) {
  const [a, b] = [describe(one), describe(other)]
  return (a.mean - b.mean) / Math.sqrt(a.variance / a.count + b.variance / b.count)
}

/** Mann and Whitney's z, which a few very slow answers do not sway. @param {number[]} one @param {number[]} other */
export function mannWhitney(one, other) {
  const all = [...one.map((value) => [value, 0]), ...other.map((value) => [value, 1])].sort((a, b) => a[0] - b[0])
  let ranks = 0
  for (let from = 0; from < all.length; ) {
    let to = from
    while (to < all.length && all[to][0] === all[from][0]) to++
    // Equal times share the middle one of their ranks.
    for (let at = from; at < to; at++) if (all[at][1] === 0) ranks += (from + 1 + to) / 2
    from = to
  }
  const [n, m] = [one.length, other.length]
  const u = ranks - (n * (n + 1)) / 2
  return (u - (n * m) / 2) / Math.sqrt((n * m * (n + m + 1)) / 12)
}

function sum(values) {
  return values.reduce((total, value) => total + value, 0)
}
