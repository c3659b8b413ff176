using System.Collections.Immutable;

namespace OpenClaw.Gateway.Core.Configuration.Options;

/// <summary>When a session starts over.</summary>
/// <param name="Daily">True: every day at <paramref name="AtHour"/>. False: after <paramref name="IdleMinutes"/> without a message.</param>
/// <param name="AtHour">Hour of the gateway's local time, 0 to 23.</param>
/// <param name="IdleMinutes">Idle time in minutes; null in daily mode without an idle limit.</param>
public sealed record SessionResetPolicy(bool Daily, int AtHour, int? IdleMinutes)
{
    /// <summary>Hour of the daily reset when none is configured: the peer's, when few people are talking.</summary>
    public const int DefaultHour = 4;

    /// <summary>Idle limit of idle mode when none is configured, in minutes.</summary>
    public const int DefaultIdleMinutes = 60;
}

/// <summary>One rule of <c>session.sendPolicy</c>.</summary>
/// <param name="Allow">What the rule says.</param>
/// <param name="Channel">Channel it is about, or null for all.</param>
/// <param name="ChatType">direct, group or channel, or null for all.</param>
/// <param name="KeyPrefix">Prefix of session keys it is about, or null for all.</param>
public sealed record SendPolicyRule(bool Allow, string? Channel, string? ChatType, string? KeyPrefix);

/// <summary><c>session.*</c>.</summary>
public sealed record SessionOptions
{
    private static readonly ImmutableArray<string> DefaultResetTriggers = ["/new", "/reset"];

    private readonly ConfigSection _section;

    private SessionOptions(ConfigSection section) => _section = section;

    /// <summary><c>session.scope</c> is <c>global</c>: one session for everything.</summary>
    public bool IsGlobal => _section.String("scope") == "global";

    /// <summary><c>session.dmScope</c>: main, per-peer, per-channel-peer or per-account-channel-peer.</summary>
    public string DmScope => _section.String("dmScope") ?? "main";

    /// <summary><c>session.store</c>: path template with <c>{agentId}</c>, or null for the one in the state directory.</summary>
    public string? Store => _section.Text("store");

    /// <summary><c>session.resetTriggers</c>: messages that start a new session.</summary>
    public ImmutableArray<string> ResetTriggers =>
        _section.Strings("resetTriggers") is { IsEmpty: false } triggers ? triggers : DefaultResetTriggers;

    /// <summary><c>session.typingMode</c>: never, instant, thinking or message; null to decide by chat.</summary>
    public string? TypingMode => _section.String("typingMode");

    /// <summary><c>session.typingIntervalSeconds</c>, in seconds; 6 by default, as providers clear the sign after about that time.</summary>
    public int TypingIntervalSeconds => _section.Int("typingIntervalSeconds") ?? 6;

    /// <summary><c>session.agentToAgent.maxPingPongTurns</c>, 0 to 5.</summary>
    public int MaxPingPongTurns => _section.Section("agentToAgent").Int("maxPingPongTurns") ?? 5;

    /// <summary><c>session.sendPolicy.default</c>: whether replies are sent where no rule matches.</summary>
    public bool SendByDefault => _section.Section("sendPolicy").String("default") != "deny";

    /// <summary><c>session.sendPolicy.rules</c> in file order.</summary>
    public ImmutableArray<SendPolicyRule> SendRules =>
    [
        .. _section.Section("sendPolicy").Sections("rules").Select(rule => new SendPolicyRule(
            rule.String("action") != "deny",
            rule.Section("match").Text("channel"),
            rule.Section("match").Text("chatType") is { } type ? type == "dm" ? "direct" : type : null,
            rule.Section("match").Text("keyPrefix"))),
    ];

    /// <summary><c>session.identityLinks</c>: a name and the channel ids that are the same person.</summary>
    public ImmutableDictionary<string, ImmutableArray<string>> IdentityLinks
    {
        get
        {
            var links = _section.Section("identityLinks");
            return (links.Node ?? []).ToImmutableDictionary(link => link.Key, link => links.Strings(link.Key));
        }
    }

    /// <summary>
    /// The reset rule for a chat. A rule of its channel stands alone; otherwise a rule of its type is completed by the
    /// general one.
    /// </summary>
    /// <param name="chatType">direct, group or thread; <c>dm</c> is read where <c>direct</c> is not configured.</param>
    /// <param name="channel">Channel id, or null.</param>
    public SessionResetPolicy ResetFor(string chatType, string? channel)
    {
        var byChannel = channel is null ? default : _section.Section("resetByChannel").Section(channel.ToLowerInvariant());
        if (byChannel.Exists)
            return Policy(default, byChannel, null);
        var byType = _section.Section("resetByType");
        var typed = byType.Section(chatType) is { Exists: true } exact ? exact : chatType == "direct" ? byType.Section("dm") : default;
        return Policy(typed, _section.Section("reset"), _section.Int("idleMinutes"));
    }

    private SessionResetPolicy Policy(ConfigSection first, ConfigSection second, int? legacyIdle)
    {
        // The old idleMinutes alone means idle mode; any reset block is the newer wish.
        var anyReset = second.Exists || _section.Section("resetByType").Exists;
        var mode = first.String("mode") ?? second.String("mode") ?? (!anyReset && legacyIdle is not null ? "idle" : "daily");
        var idle = first.Int("idleMinutes") ?? second.Int("idleMinutes") ?? legacyIdle ?? (mode == "idle" ? SessionResetPolicy.DefaultIdleMinutes : null);
        return new SessionResetPolicy(mode != "idle", first.Int("atHour") ?? second.Int("atHour") ?? SessionResetPolicy.DefaultHour, idle);
    }

    internal static SessionOptions From(ConfigSection section) => new(section);
}
