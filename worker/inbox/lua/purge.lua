-- ARGV: now, keep (milliseconds), limit. Reduces what has been at its end for so long to its record: the body goes, and
-- outcomes that newer ones replaced. What was never ours, or synthetic, goes as a whole. Returns how many messages.
local now = clock(ARGV[1])
local ids = call('ZRANGEBYSCORE', K('settled'), '-inf', int(now - num(ARGV[2])), 'LIMIT', 0, ARGV[3])
for _, id in ipairs(ids) do
  call('DEL', K('b', id))
  call('ZREM', K('settled'), id)
  local known = call('HMGET', K('m', id), 'reports', 'history', 'state')
  if known[3] == 'not-for-us' or id:sub(1, 6) == 'probe-' then
    call('DEL', K('m', id))
    call('HINCRBY', counter('message', id), known[3], -1)
    known[1] = nil
  else
    call('HSET', K('m', id), 'history', told(known[2], 'purged', now))
  end
  for _, entry in ipairs(decoded(known[1])) do
    local seq = num(get(K('r', entry.id), 'seq'))
    for _, old in ipairs(call('HKEYS', K('o', entry.id))) do
      if num(old) < seq then call('HDEL', K('o', entry.id), old) end
    end
  end
end
return #ids
