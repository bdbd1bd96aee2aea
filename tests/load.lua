-- What tests/load.sh has wrk send, and the one line that it reads.
wrk.method = os.getenv("LOAD_METHOD")
wrk.headers["Authorization"] = os.getenv("LOAD_TOKEN")
if wrk.method == "POST" then
  wrk.headers["Content-Type"] = "application/json"
  wrk.body = '{"customer":"ada","quantity":3,"items":["cup","filter","beans"]}'
end

function done(summary, latency, requests)
  local e = summary.errors
  print(string.format("LOAD %.0f %.3f %d", summary.requests / summary.duration * 1e6, latency:percentile(99) / 1000,
    e.connect + e.read + e.write + e.timeout + e.status))
end
