namespace OpenClaw.Gateway.Core.Configuration.Loading;

internal static class IssueFactory
{
    public static ConfigIssue Create(string path, string message, string? detail, SourcePosition? place) => new(path, message)
    {
        Detail = detail,
        File = place?.File,
        Line = place?.Line ?? 0,
        Column = place?.Column ?? 0,
    };
}
