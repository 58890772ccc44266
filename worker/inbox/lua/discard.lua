-- ARGV: now, id, what a person said (JSON with who and why). Close parked work for good. Returns 1, or 0.
local now, id = clock(ARGV[1]), ARGV[2]
local said = cjson.decode(ARGV[3])
if call('ZREM', K('parked'), 'message:' .. id) == 1 then
  call('HSET', K('m', id), 'discarded', ARGV[3])
  set_state(id, 'discarded', said.reason, now)
elseif call('ZREM', K('parked'), 'report:' .. id) == 1 then
  local r = K('r', id)
  call('HSET', r, 'discarded', ARGV[3], 'reason', said.reason)
  set_delivery(id, 'discarded', now)
  for _, message in ipairs(decoded(get(r, 'messages'))) do
    local m = K('m', message)
    if get(m, 'state') == 'parked' then set_state(message, 'discarded', said.reason, now) end
  end
else
  return 0
end
call('RPUSH', K('acts'), ARGV[3])
return 1
