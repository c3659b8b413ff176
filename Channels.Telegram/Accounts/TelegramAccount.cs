using OpenClaw.Channels.Abstractions.Accounts;
using OpenClaw.Channels.Telegram.Api;

namespace OpenClaw.Channels.Telegram.Accounts;

/// <summary>A bot, with what its section of the configuration says.</summary>
/// <param name="Id">For example <c>default</c>.</param>
internal sealed record TelegramAccount(string Id) : ChannelAccount(Id)
{
    /// <summary>Where the API is unless it is said otherwise.</summary>
    public const string PublicApi = "https://api.telegram.org";

    /// <summary>The secret of the bot; empty when there is a <see cref="ChannelAccount.Problem"/>.</summary>
    public string Token { get; init; } = "";

    /// <summary>Address of the Bot API, without a slash at its end.</summary>
    public string ApiRoot { get; init; } = PublicApi;

    /// <summary>Through which calls go; may hold a password.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>How updates come, when they are pushed; null for polling.</summary>
    public WebhookSettings? Webhook { get; init; }

    /// <summary>Largest file that is fetched, in bytes. The peer's default is 5 MB.</summary>
    public long MaxMediaBytes { get; init; } = 5L << 20;

    /// <summary>How long a call may take that has nothing to wait for; null for our own limits.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Links show what they lead to.</summary>
    public bool HasLinkPreview { get; init; }

    /// <summary>The menu.</summary>
    public IReadOnlyList<BotCommand> Commands { get; init; } = [];

    /// <summary>Without what is secret.</summary>
    public override string ToString() => $"telegram/{Id}";
}

/// <summary>Where updates are pushed to.</summary>
/// <param name="Url">As the API sees it.</param>
/// <param name="Secret">What a push must carry.</param>
/// <param name="Path">As we see it.</param>
/// <param name="Host">Address to listen on.</param>
/// <param name="Port">Port to listen on.</param>
internal sealed record WebhookSettings(string Url, string Secret, string Path, string Host, int Port)
{
    /// <summary>Without what is secret.</summary>
    public override string ToString() => $"{Url} at {Host}:{Port}{Path}";
}
