namespace OpenClaw.Channels.Telegram.Formatting;

/// <summary>A text in the two forms that it may be sent in.</summary>
/// <param name="Html">With the marks that the API knows.</param>
/// <param name="Plain">The same words without marks, for when the API does not take the first.</param>
internal sealed record TelegramText(string Html, string Plain)
{
    /// <summary>Longest text of a message, in UTF-16 units and without the marks.</summary>
    public const int MaxLength = 4096;

    /// <summary>Longest caption.</summary>
    public const int MaxCaption = 1024;

    /// <summary>Makes them of Markdown.</summary>
    public static TelegramText FromMarkdown(string markdown) => new MarkdownRenderer().Render(markdown);
}
