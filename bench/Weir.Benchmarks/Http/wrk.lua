-- Sends the same whole request over and over: the one in the file that WEIR_BENCH_REQUEST names. Ends with one line of
-- JSON. Latencies are in microseconds.
local file = assert(io.open(assert(os.getenv("WEIR_BENCH_REQUEST")), "rb"))
local bytes = file:read("*a")
file:close()

function request()
  return bytes
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '{"requests":%d,"microseconds":%d,"p50":%d,"p99":%d,"refused":%d,"broken":%d}\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), errors.status,
    errors.connect + errors.read + errors.write + errors.timeout))
end
