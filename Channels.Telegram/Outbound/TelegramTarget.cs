using System.Globalization;
using System.Text.RegularExpressions;

namespace OpenClaw.Channels.Telegram.Outbound;

/// <summary>Where something goes.</summary>
/// <param name="Chat">As the API wants it: digits, or a name with <c>@</c>.</param>
/// <param name="ThreadId">The topic; null for none.</param>
internal sealed partial record TelegramTarget(string Chat, long? ThreadId)
{
    /// <summary>The topic that methods which send do not take for one.</summary>
    public const long GeneralTopic = 1;

    /// <summary>The topic to name in methods that send.</summary>
    public long? SendThreadId => ThreadId is GeneralTopic && IsGroup ? null : ThreadId;

    /// <summary>A chat with one person.</summary>
    public bool IsPrivate => char.IsAsciiDigit(Chat[0]);

    private bool IsGroup => Chat.StartsWith('-') || Chat.StartsWith('@');

    /// <summary>
    /// Reads what people and configurations write: <c>123</c>, <c>-100…</c>, <c>@name</c>, <c>name</c>, <c>t.me/name</c>, each with <c>telegram:</c>,
    /// <c>tg:</c> or <c>telegram:group:</c> before it and <c>:topic:&lt;n&gt;</c> or <c>:&lt;n&gt;</c> behind. Null when it is nothing of that.
    /// </summary>
    /// <param name="text">What was written.</param>
    /// <param name="threadId">A topic that was named beside it; counts more than one in it.</param>
    public static TelegramTarget? Parse(string text, string? threadId = null)
    {
        var rest = Prefix().Replace(text.Trim(), "");
        long? thread = null;
        if (Topic().Match(rest) is { Success: true } topic && long.TryParse(topic.Groups["topic"].ValueSpan, CultureInfo.InvariantCulture, out var number))
        {
            thread = number;
            rest = topic.Groups["chat"].Value;
        }
        if (threadId is not null)
        {
            if (!long.TryParse(threadId, CultureInfo.InvariantCulture, out var named))
                return null;
            thread = named;
        }
        if (Link().Match(rest) is { Success: true } link)
            rest = "@" + link.Groups["name"].Value;
        if (Number().IsMatch(rest))
            return new TelegramTarget(rest, thread);
        if (!Name().IsMatch(rest))
            return null;
        return new TelegramTarget(rest.StartsWith('@') ? rest : "@" + rest, thread);
    }

    [GeneratedRegex(@"^((telegram|tg):\s*)+(group:\s*)?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Prefix();

    [GeneratedRegex(@"^(?<chat>.+?):(topic:)?(?<topic>[0-9]{1,18})$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Topic();

    [GeneratedRegex(@"^(https?://)?t\.me/(?<name>[A-Za-z0-9_]+)/?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Link();

    [GeneratedRegex("^-?[0-9]{1,18}$")]
    private static partial Regex Number();

    [GeneratedRegex("^(@[A-Za-z0-9_]{1,64}|[A-Za-z][A-Za-z0-9_]{4,63})$")]
    private static partial Regex Name();
}
