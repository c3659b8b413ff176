using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpenClaw.Gateway.Core.Processes;

/// <summary>What a lock file says about its owner.</summary>
/// <param name="Pid">Process id.</param>
/// <param name="CreatedAt">When the lock was taken, ISO 8601 in UTC.</param>
/// <param name="ConfigPath">Configuration file the owner runs with.</param>
/// <param name="StartTime">The owner's start in clock ticks since boot; on Linux only.</param>
/// <param name="Deployment">The gateway of several processes that the owner is one of; null for a gateway that is one process. Our addition.</param>
internal sealed record GatewayLockContent(int Pid, string CreatedAt, string ConfigPath, long? StartTime, string? Deployment = null)
{
    /// <summary>Clocks and file times of one machine agree to within this.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(2);

    public static GatewayLockContent? Parse(ReadOnlySpan<byte> text)
    {
        try
        {
            var content = JsonSerializer.Deserialize(text, GatewayLockJson.Default.GatewayLockContent);
            return content is { Pid: > 0, CreatedAt: not null, ConfigPath: not null } ? content : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, GatewayLockJson.Default.GatewayLockContent);

    public DateTimeOffset? Created =>
        DateTimeOffset.TryParse(CreatedAt, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    /// <summary>
    /// Whether the owner still runs. Its id alone proves nothing, ids are used again: on Linux the start time tells, and
    /// elsewhere a process that started after the lock was taken is another one.
    /// </summary>
    public bool OwnerIsAlive()
    {
        if (!ProcessProbe.IsAlive(Pid))
            return false;
        if (StartTime is { } expected && ProcessProbe.StartTicks(Pid) is { } actual)
            return expected == actual;
        return ProcessProbe.StartTime(Pid) is not { } started || Created is not { } created || started - Slack <= created;
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(GatewayLockContent))]
internal sealed partial class GatewayLockJson : JsonSerializerContext;
