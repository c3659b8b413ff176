using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using OpenClaw.Gateway.Bus;

namespace OpenClaw.Gateway.Core.Channels.Inbound.Reactions;

/// <summary>Something that a session is to hear of with its next message.</summary>
/// <param name="AtMs">When, Unix milliseconds.</param>
/// <param name="Text">On one line.</param>
internal sealed record SessionRemark(long AtMs, string Text);

/// <summary>Passing remarks for the sessions of groups and people; those for the main session wait in its own queue. May be lost.</summary>
internal sealed class SessionRemarks(IBus bus)
{
    private const string Map = "channels.remarks";

    /// <summary>Most that wait; the oldest are dropped (agent page 7.1).</summary>
    private const int MaxWaiting = 20;

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    /// <summary>Lines to stand in front of the session's next message; empty when there is nothing.</summary>
    /// <exception cref="BusUnavailableException">The bus cannot be reached.</exception>
    public async ValueTask<string> LinesAsync(string sessionKey, CancellationToken cancellationToken)
    {
        var remarks = await ReadAsync(sessionKey, cancellationToken).ConfigureAwait(false);
        return remarks.Count == 0 ? "" : string.Concat(remarks.Select(static remark => string.Create(
            CultureInfo.InvariantCulture, $"System: [{DateTimeOffset.FromUnixTimeMilliseconds(remark.AtMs).UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC] {remark.Text}\n"))) + "\n";
    }

    /// <exception cref="BusUnavailableException">The bus cannot be reached.</exception>
    public async ValueTask AddAsync(string sessionKey, SessionRemark remark, CancellationToken cancellationToken)
    {
        var remarks = await ReadAsync(sessionKey, cancellationToken).ConfigureAwait(false);
        if (remarks.Count > 0 && remarks[^1].Text == remark.Text)
            return;
        var bytes = JsonSerializer.SerializeToUtf8Bytes([.. remarks.TakeLast(MaxWaiting - 1), remark], RemarksJsonContext.Default.ListSessionRemark);
        await bus.Maps.SetAsync(Map, sessionKey, bytes, Lifetime, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>They were told.</summary>
    /// <exception cref="BusUnavailableException">The bus cannot be reached.</exception>
    public async ValueTask ClearAsync(string sessionKey, CancellationToken cancellationToken) => await bus.Maps.RemoveAsync(Map, sessionKey, cancellationToken: cancellationToken).ConfigureAwait(false);

    private async ValueTask<List<SessionRemark>> ReadAsync(string sessionKey, CancellationToken cancellationToken)
    {
        if (await bus.Maps.GetAsync(Map, sessionKey, cancellationToken).ConfigureAwait(false) is not { } entry)
            return [];
        try
        {
            return JsonSerializer.Deserialize(entry.Value.Span, RemarksJsonContext.Default.ListSessionRemark) ?? [];
        }
        catch (JsonException)
        {
            // Of another version.
            return [];
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(List<SessionRemark>))]
internal sealed partial class RemarksJsonContext : JsonSerializerContext;
