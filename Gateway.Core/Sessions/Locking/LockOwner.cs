using System.Text.Json;
using OpenClaw.Gateway.Core.Sessions.Json;

namespace OpenClaw.Gateway.Core.Sessions.Locking;

/// <summary>What a lock file says about its holder. All but the first two are our additions; the peer ignores them.</summary>
/// <param name="ProcessId">The process.</param>
/// <param name="Since">When it took the lock.</param>
/// <param name="Host">Its machine.</param>
/// <param name="Fence">The lease that it held.</param>
/// <param name="Start">When it was started, in the clock ticks of Linux since boot: a later process may have the same id.</param>
internal sealed record LockOwner(int ProcessId, DateTimeOffset? Since, string? Host, long? Fence = null, long? Start = null)
{
    /// <summary>Reads <c>{pid, startedAt|createdAt, host?}</c>; null when the content is not that.</summary>
    public static LockOwner? Parse(ReadOnlyMemory<byte> content)
    {
        try
        {
            var json = new RawJson(content);
            if (json["pid"].AsInt64() is not (> 0 and <= int.MaxValue and var pid))
                return null;
            return new LockOwner((int)pid, Time(json["startedAt"]) ?? Time(json["createdAt"]), json["host"].AsString(), json["fence"].AsInt64(), json["start"].AsInt64());
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static DateTimeOffset? Time(RawJson value)
    {
        if (value.AsInt64() is > 0 and < 253_402_300_800_000 and var milliseconds)
            return DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        return DateTimeOffset.TryParse(value.AsString(), System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var time) ? time : null;
    }
}
