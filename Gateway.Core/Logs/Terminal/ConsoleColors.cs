namespace OpenClaw.Gateway.Core.Logs.Terminal;

/// <summary>Colours of console lines; the basic eight, which every terminal has.</summary>
internal static class ConsoleColors
{
    public const int Red = 31;
    public const int Green = 32;
    public const int Yellow = 33;
    public const int Blue = 34;
    public const int Magenta = 35;
    public const int Cyan = 36;
    public const int Gray = 90;

    private static readonly int[] ForSubsystems = [Cyan, Green, Yellow, Blue, Magenta, Red];

    /// <summary><c>FORCE_COLOR</c> (but 0) turns colours on, <c>NO_COLOR</c> off; otherwise a terminal has them.</summary>
    public static bool Wanted(IReadOnlyDictionary<string, string> variables, bool isTerminal)
    {
        var forced = variables.GetValueOrDefault("FORCE_COLOR")?.Trim();
        if (!string.IsNullOrEmpty(forced) && forced != "0")
            return true;
        if (forced == "0" || !string.IsNullOrEmpty(variables.GetValueOrDefault("NO_COLOR")))
            return false;
        return isTerminal && variables.GetValueOrDefault("TERM") != "dumb";
    }

    public static string Paint(string text, int color) => $"\e[{color}m{text}\e[39m";

    /// <summary>The colour a subsystem always has, the same as in the original.</summary>
    public static int For(string subsystem)
    {
        if (subsystem == "gmail-watcher")
            return Blue;
        var hash = 0;
        foreach (var c in subsystem)
            hash = unchecked((hash * 31) + c);
        return ForSubsystems[(int)(Math.Abs((long)hash) % ForSubsystems.Length)];
    }
}
