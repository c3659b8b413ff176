using System.Text.Json;

namespace OpenClaw.Channels.Telegram.Accounts;

/// <summary>Where a token comes from.</summary>
/// <param name="Source"><c>tokenFile</c>, <c>config</c>, <c>env</c> or <c>none</c>, as clients know them.</param>
/// <param name="Token">The token.</param>
/// <param name="Problem">Why there is none.</param>
internal sealed record TokenSource(string Source, string Token, string? Problem)
{
    /// <summary>Name of the variable.</summary>
    public const string Variable = "TELEGRAM_BOT_TOKEN";

    /// <summary>A file larger than this holds something else.</summary>
    private const int MaxFileBytes = 4096;

    /// <summary>
    /// The account's file, then its token; the channel's file and token, and the variable, are the default account's. A file that is named and cannot be
    /// read is not passed over: somebody meant it.
    /// </summary>
    public static TokenSource Find(string accountId, JsonElement account, JsonElement channel, IReadOnlyDictionary<string, string> variables)
    {
        if (FromSection(account, $"channels.telegram.accounts.{accountId}") is { } own)
            return own;
        if (accountId != TelegramAccounts.DefaultId)
            return new TokenSource("none", "", $"no bot token: set channels.telegram.accounts.{accountId}.botToken or tokenFile");
        if (FromSection(channel, "channels.telegram") is { } shared)
            return shared;
        return variables.GetValueOrDefault(Variable)?.Trim() is { Length: > 0 } token
            ? Checked("env", token, Variable)
            : new TokenSource("none", "", $"no bot token: set channels.telegram.botToken or tokenFile, or {Variable}");
    }

    private static TokenSource? FromSection(JsonElement section, string path)
    {
        if (section.Text("tokenFile") is { } file)
            return FromFile(file, path + ".tokenFile");
        return section.Text("botToken") is { } token ? Checked("config", token, path + ".botToken") : null;
    }

    private static TokenSource FromFile(string file, string path)
    {
        try
        {
            if (!File.Exists(file))
                return new TokenSource("none", "", $"{path}: {file} does not exist");
            if (new FileInfo(file).Length > MaxFileBytes)
                return new TokenSource("none", "", $"{path}: {file} is too large to hold a bot token");
            return File.ReadAllText(file).Trim() is { Length: > 0 } token
                ? Checked("tokenFile", token, path)
                : new TokenSource("none", "", $"{path}: {file} is empty");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return new TokenSource("none", "", $"{path}: {file} cannot be read");
        }
    }

    /// <summary>The token becomes part of an address; what it is not may not be told.</summary>
    private static TokenSource Checked(string source, string token, string path) =>
        token.All(static c => char.IsAsciiLetterOrDigit(c) || c is ':' or '_' or '-')
            ? new TokenSource(source, token, null)
            : new TokenSource("none", "", $"{path} is not a bot token: there are other characters in it than letters, digits, ':', '_' and '-'");
}
