-- Requests of 100 effects in 40 experiments that share controls, a hundred of them in turn; latencies as one line.
local method = os.getenv("METHOD") or "reml"
local bodies = {}
local state = 7
local function draw()
  state = (state * 16807) % 2147483647
  return state / 2147483647
end
for number = 1, 100 do
  local effects = {}
  for experiment = 1, 40 do
    local control = 0.01 + 0.01 * draw()
    for variant = 1, (experiment % 2 == 0) and 3 or 2 do
      effects[#effects + 1] = string.format(
        '{"experiment":"e%d","variant":"v%d","effect":%.6f,"treatmentVariance":%.8f,"controlVariance":%.8f}',
        experiment, variant, draw() - 0.4 + (draw() - 0.5) * 0.3, 0.01 + 0.02 * draw(), control)
    end
  end
  bodies[number] = '{"method":"' .. method .. '","effects":[' .. table.concat(effects, ",") .. "]}"
end

local count = 0
wrk.headers["Content-Type"] = "application/json"

function request()
  count = count % #bodies + 1
  return wrk.format("POST", "/v1/shrink", nil, bodies[count])
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    "RESULT %d %d %d %d %d %d\n", summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    errors.connect + errors.read + errors.write + errors.timeout, errors.status))
end
