namespace OpenClaw.Gateway.Core.Sessions.Patching;

/// <summary>The name a user gives a session.</summary>
internal static class SessionLabel
{
    /// <summary>Most characters.</summary>
    public const int MaxLength = 64;

    /// <summary>Trims and checks a label.</summary>
    public static SessionOutcome<string> Parse(string text)
    {
        var label = text.Trim();
        if (label.Length == 0)
            return SessionError.Invalid("invalid label: empty");
        return label.Length > MaxLength ? SessionError.Invalid($"invalid label: too long (max {MaxLength})") : label;
    }
}
