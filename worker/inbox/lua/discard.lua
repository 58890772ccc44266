-- ARGV: now, id, what a person said (JSON with who and why). Close parked work for good. Returns 1, or 0.
local now, id = clock(ARGV[1]), ARGV[2]
local said = cjson.decode(ARGV[3])
if redis.call('ZREM', K('parked'), 'message:' .. id) == 1 then
  redis.call('HSET', K('m', id), 'discarded', ARGV[3])
  set_state(id, 'discarded', said.reason, now)
elseif redis.call('ZREM', K('parked'), 'report:' .. id) == 1 then
  redis.call('HSET', K('r', id), 'discarded', ARGV[3], 'reason', said.reason)
  set_delivery(id, 'discarded', now)
  local messages = get(K('r', id), 'messages')
  for _, message in ipairs(messages and cjson.decode(messages) or {}) do
    set_state(message, 'discarded', said.reason, now)
  end
else
  return 0
end
redis.call('RPUSH', K('acts'), ARGV[3])
return 1
