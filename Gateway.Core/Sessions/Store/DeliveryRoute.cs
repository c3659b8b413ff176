using System.Text.Json;
using OpenClaw.Gateway.Core.Sessions.Json;

namespace OpenClaw.Gateway.Core.Sessions.Store;

/// <summary>
/// Where the last message of a session came from and answers go. An entry keeps it twice, as <c>last*</c> fields and
/// as <c>deliveryContext</c>; each fills the gaps of the other.
/// </summary>
internal sealed record DeliveryRoute(string? Channel, string? To, string? AccountId, RawJson ThreadId)
{
    /// <summary>The route of an entry; null when it has none.</summary>
    /// <param name="entry">The entry to read.</param>
    /// <param name="originThread">Take the thread of the first message when no later one is stored.</param>
    public static DeliveryRoute? Of(SessionEntry entry, bool originThread = true)
    {
        var context = entry[SessionFields.DeliveryContext];
        var thread = Thread(entry[SessionFields.LastThreadId]);
        if (thread.IsMissing)
            thread = Thread(context["threadId"]);
        if (thread.IsMissing && originThread)
            thread = Thread(entry.Origin["threadId"]);

        var channel = Trimmed(entry.LastChannel ?? entry.Channel)?.ToLowerInvariant() ?? Trimmed(context["channel"].AsString())?.ToLowerInvariant();
        var to = Trimmed(entry.LastTo) ?? Trimmed(context["to"].AsString());
        var account = Trimmed(entry.LastAccountId) ?? Trimmed(context["accountId"].AsString());
        return channel is null && to is null && account is null && thread.IsMissing ? null : new DeliveryRoute(channel, to, account, thread);
    }

    /// <summary>Writes the route into both places of the entry; null clears them.</summary>
    public static SessionEntry Apply(SessionEntry entry, DeliveryRoute? route) => entry.Edit()
        .Set(SessionFields.DeliveryContext, route?.ToJson() ?? default)
        .Set(SessionFields.LastChannel, route?.Channel)
        .Set(SessionFields.LastTo, route?.To)
        .Set(SessionFields.LastAccountId, route?.AccountId)
        .Set(SessionFields.LastThreadId, route?.ThreadId ?? default)
        .Build();

    /// <summary>Makes both places of an entry say the same, as every writer of sessions.json does.</summary>
    public static SessionEntry Align(SessionEntry entry)
    {
        var route = Of(entry);
        return route is null ? entry : Apply(entry, route);
    }

    /// <summary>The object form, without absent fields.</summary>
    public RawJson ToJson()
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(96);
        using (var writer = new Utf8JsonWriter(buffer, SessionsJson.Writer))
        {
            writer.WriteStartObject();
            WriteText(writer, "channel", Channel);
            WriteText(writer, "to", To);
            WriteText(writer, "accountId", AccountId);
            if (!ThreadId.IsMissing)
            {
                writer.WritePropertyName("threadId");
                writer.WriteRawValue(ThreadId.Utf8.Span, skipInputValidation: true);
            }
            writer.WriteEndObject();
        }
        return new RawJson(buffer.WrittenMemory);
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
            writer.WriteString(name, value);
    }

    private static string? Trimmed(string? text)
    {
        var trimmed = text?.Trim();
        return string.IsNullOrEmpty(trimmed) ? null : trimmed;
    }

    /// <summary>Thread ids are numbers on some channels and text on others.</summary>
    private static RawJson Thread(RawJson value) => value.TokenType switch
    {
        JsonTokenType.Number => RawJson.From(value.AsInt64() ?? 0),
        JsonTokenType.String when Trimmed(value.AsString()) is { } text => RawJson.From(text),
        _ => default,
    };
}
