using System.Text.Json;
using OpenClaw.Gateway.Core.Sessions.Json;

namespace OpenClaw.Gateway.Core.Sessions.Locking;

/// <summary>What a lock file says about its holder. <c>Host</c> and <c>Fence</c> are our additions; the peer ignores them.</summary>
internal sealed record LockOwner(int ProcessId, DateTimeOffset? Since, string? Host, long? Fence = null)
{
    /// <summary>Reads <c>{pid, startedAt|createdAt, host?}</c>; null when the content is not that.</summary>
    public static LockOwner? Parse(ReadOnlyMemory<byte> content)
    {
        try
        {
            var json = new RawJson(content);
            if (json["pid"].AsInt64() is not (> 0 and <= int.MaxValue and var pid))
                return null;
            return new LockOwner((int)pid, Time(json["startedAt"]) ?? Time(json["createdAt"]), json["host"].AsString(), json["fence"].AsInt64());
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
