using System.Text.Json.Nodes;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Gateway.Core.Configuration.Options;

namespace OpenClaw.Gateway.Core.Channels.Inbound.Access;

/// <summary>Where presses on buttons count, and whose (<c>capabilities.inlineButtons</c>, or the peer's older list of capabilities).</summary>
internal static class ButtonScope
{
    private const string Default = "allowlist";

    /// <summary>off, dm, group, all or allowlist.</summary>
    public static string Of(ConfigSection account) => account.Value("capabilities") switch
    {
        JsonArray list => list.Any(static entry => string.Equals(entry?.ToString().Trim(), "inlinebuttons", StringComparison.OrdinalIgnoreCase)) ? "all" : "off",
        JsonObject named when named["inlineButtons"]?.ToString().Trim().ToLowerInvariant() is "off" or "dm" or "group" or "all" or "allowlist" =>
            named["inlineButtons"]!.ToString().Trim().ToLowerInvariant(),
        _ => Default,
    };

    /// <summary>Whether buttons are put below answers here: below those where no press of anybody counts, there are none.</summary>
    /// <param name="scope">As above.</param>
    /// <param name="chat">Where the answer goes.</param>
    public static bool Shows(string scope, ChatType chat) => Allows(scope, chat, isNamed: true);

    /// <summary>Whether a press counts of somebody who may write here.</summary>
    /// <param name="scope">As above.</param>
    /// <param name="chat">Where it was pressed.</param>
    /// <param name="isNamed">Who pressed is on the allowlist that holds here, or everybody may write directly.</param>
    public static bool Allows(string scope, ChatType chat, bool isNamed) => scope switch
    {
        "off" => false,
        "dm" => chat is ChatType.Direct,
        "group" => chat is not ChatType.Direct,
        "all" => true,
        _ => isNamed,
    };
}
