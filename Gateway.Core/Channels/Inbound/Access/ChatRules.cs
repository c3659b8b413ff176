using System.Collections.Immutable;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Configuration.Options;

namespace OpenClaw.Gateway.Core.Channels.Inbound.Access;

/// <summary>
/// What the configuration says about one chat of one account. The nearest word counts: the topic's, the group's, that for all groups (<c>"*"</c>),
/// the account's, the channel's, <c>channels.defaults</c>.
/// </summary>
internal sealed class ChatRules
{
    /// <summary>Messages that a group remembers for the next answer where nothing is set (channels.md A1).</summary>
    public const int DefaultHistoryLimit = 50;

    private readonly ConfigSection _account;
    private readonly ConfigSection _defaults;
    private readonly ConfigSection _messages;
    private readonly ConfigSection _group;
    private readonly ConfigSection _everyGroup;
    private readonly ConfigSection _topic;

    private ChatRules(ConfigSection root, ConfigSection account, ChatAddress chat)
    {
        _account = account;
        _defaults = root.Section("channels").Section("defaults");
        _messages = root.Section("messages");
        var groups = account.Section("groups");
        _everyGroup = groups.Section("*");
        _group = groups.Section(chat.Id) is { Exists: true } own ? own : _everyGroup;
        _topic = chat.ThreadId is { } thread ? _group.Section("topics").Section(thread) : default;
        IsListed = chat.Type is ChatType.Direct || groups.Node is not { Count: > 0 } || groups.Value(chat.Id) is not null || groups.Value("*") is not null;
    }

    /// <summary>The group is in the map of groups, or there is no map.</summary>
    public bool IsListed { get; }

    /// <summary>pairing, allowlist, open or disabled.</summary>
    public string DmPolicy => _account.Text("dmPolicy") ?? "pairing";

    /// <summary>open, allowlist or disabled.</summary>
    public string GroupPolicy => _topic.Text("groupPolicy") ?? _group.Text("groupPolicy") ?? _account.Text("groupPolicy") ?? _defaults.Text("groupPolicy") ?? "allowlist";

    /// <summary>Neither the group nor its topic is switched off.</summary>
    public bool IsEnabled => _group.Bool("enabled") is not false && _topic.Bool("enabled") is not false;

    public ImmutableArray<string> AllowFrom => AllowList.Read(_account, "allowFrom") ?? [];

    /// <summary>Who may in groups: a list of its own, which those who were let in one by one are not on; else those who may write directly.</summary>
    /// <param name="approved">Those who were let in one by one.</param>
    public ImmutableArray<string> GroupAllowFrom(IReadOnlyList<string> approved) => AllowList.Read(_account, "groupAllowFrom") is { IsEmpty: false } own ? own : [.. AllowFrom, .. approved];

    /// <summary>Who may in this group and topic: the nearest list that is written.</summary>
    /// <param name="approved">Those who were let in one by one.</param>
    public ImmutableArray<string> AllowedHere(IReadOnlyList<string> approved) => GroupOverride ?? GroupAllowFrom(approved);

    /// <summary>Who may in this group or topic alone; null when that is not written.</summary>
    public ImmutableArray<string>? GroupOverride => AllowList.Read(_topic, "allowFrom") ?? AllowList.Read(_group, "allowFrom");

    public bool RequireMention => _topic.Bool("requireMention") ?? _group.Bool("requireMention") ?? _everyGroup.Bool("requireMention") ?? true;

    /// <summary>Most messages that a group remembers; 0 for none.</summary>
    public int HistoryLimit => Math.Clamp(
        _account.Int("historyLimit") ?? _messages.Section("groupChat").Int("historyLimit") ?? DefaultHistoryLimit, 0, 1000);

    /// <summary>What the operator adds to the instructions in this group and topic; null for nothing.</summary>
    public string? SystemPrompt => string.Join("\n\n", new[] { _group.Text("systemPrompt"), _topic.Text("systemPrompt") }.OfType<string>()) is { Length: > 0 } text ? text : null;

    /// <summary>off, own or all.</summary>
    public string ReactionNotifications => _account.Text("reactionNotifications") ?? "own";

    /// <summary>Whose presses on buttons count.</summary>
    public string ButtonScope => Access.ButtonScope.Of(_account);

    public static ChatRules Of(ConfigSnapshot snapshot, InboundMessage message) =>
        new(snapshot.Root, ChannelSection.Of(snapshot, message.Channel, message.AccountId), message.Chat);
}
