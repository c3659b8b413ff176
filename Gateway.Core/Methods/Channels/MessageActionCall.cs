using System.Text.Json;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Gateway.Core.Channels.Sending;

namespace OpenClaw.Gateway.Core.Methods.Channels;

/// <summary>The params of <c>message.action</c>, which come in several forms: details stand in <c>params</c> or beside it, and some have two names.</summary>
internal sealed class MessageActionCall
{
    private const int MinOptions = 2;
    private const int MaxOptions = 12;

    private readonly JsonElement _call;
    private readonly JsonElement _details;

    public MessageActionCall(JsonElement call)
    {
        _call = call;
        _details = call.TryGetProperty("params", out var given) && given.ValueKind is JsonValueKind.Object ? given : call;
    }

    public string? Action => Text(_call, "action")?.ToLowerInvariant();

    public string Channel => SendMethod.ChannelOf(Text(_call, "channel") ?? Detail("channel"));

    public string? AccountId => SendMethod.AccountOf(Text(_call, "accountId") ?? Detail("accountId"));

    public string? IdempotencyKey => Text(_call, "idempotencyKey");

    public string? To => Detail("to") ?? Detail("target") ?? Detail("channelId") ?? Text(_call, "to");

    public string? MessageId => Detail("messageId");

    public string? Detail(string name) => Text(_details, name);

    public bool Is(string name) => _details.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True;

    /// <summary>What is to be sent; a text instead says what is wrong.</summary>
    public (SendRequest? Request, string? Wrong) ToRequest(string action, string to, string key, string agentId)
    {
        var media = Texts("mediaUrls") is { Count: > 0 } several ? several : (Detail("mediaUrl") ?? Detail("media")) is { } one ? [one] : [];
        OutboundPoll? poll = null;
        if (action is "poll")
        {
            var options = Texts("pollOption") is { Count: > 0 } named ? named : Texts("options");
            if ((Detail("pollQuestion") ?? Detail("question")) is not { } question || options.Count is < MinOptions or > MaxOptions)
                return (null, $"a poll has a question and {MinOptions} to {MaxOptions} options");
            poll = new OutboundPoll(question, options, Is("pollMulti") ? options.Count : 1);
        }
        string? sticker = null;
        if (action is "sticker")
        {
            sticker = Detail("stickerId") ?? Detail("fileId") ?? (Texts("stickerId") is [var first, ..] ? first : null);
            if (sticker is null)
                return (null, "stickerId required");
        }
        if (Buttons() is not { } buttons)
            return (null, "buttons are rows of {text, callback_data}");
        return (new SendRequest(Channel, AccountId, to, "action:" + key)
        {
            Text = Detail("message") ?? Detail("text") ?? Detail("caption") ?? "",
            MediaUrls = media,
            ReplyToId = Detail("replyTo") ?? Detail("replyToId"),
            ThreadId = Detail("threadId"),
            IsSilent = Is("silent"),
            Buttons = buttons,
            Poll = poll,
            StickerId = sticker,
            PlaysAsGif = Is("gifPlayback"),
            AgentId = agentId,
        }, null);
    }

    /// <summary>Rows of buttons, which may also come as the text of their JSON; null when they are none.</summary>
    private IReadOnlyList<IReadOnlyList<OutboundButton>>? Buttons()
    {
        if (!_details.TryGetProperty("buttons", out var given) || given.ValueKind is JsonValueKind.Null)
            return [];
        if (given.ValueKind is not JsonValueKind.String)
            return ButtonsOf(given);
        try
        {
            using var document = JsonDocument.Parse(given.GetString()!);
            return ButtonsOf(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static List<IReadOnlyList<OutboundButton>>? ButtonsOf(JsonElement rows)
    {
        if (rows.ValueKind is not JsonValueKind.Array)
            return null;
        var result = new List<IReadOnlyList<OutboundButton>>();
        foreach (var row in rows.EnumerateArray())
        {
            if (row.ValueKind is not JsonValueKind.Array)
                return null;
            var buttons = new List<OutboundButton>();
            foreach (var button in row.EnumerateArray())
            {
                if (button.ValueKind is not JsonValueKind.Object || Text(button, "text") is not { } text || (Text(button, "callback_data") ?? Text(button, "callbackData")) is not { } data)
                    return null;
                buttons.Add(new OutboundButton(text, data));
            }
            result.Add(buttons);
        }
        return result;
    }

    private IReadOnlyList<string> Texts(string name) =>
        _details.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Array
            ? [.. value.EnumerateArray().Where(static item => item.ValueKind is JsonValueKind.String).Select(static item => item.GetString()!)]
            : [];

    private static string? Text(JsonElement from, string name) =>
        from.TryGetProperty(name, out var value) ? value.ValueKind switch
        {
            JsonValueKind.String when value.GetString()?.Trim() is { Length: > 0 } text => text,
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        }
        : null;
}
