using System.Runtime.CompilerServices;

namespace OpenClaw.Gateway.Bus;

/// <summary>The rules for names that <see cref="IBus"/> states, in one place for every implementation.</summary>
internal static class BusName
{
    public const int MaxLength = 512;
    public const int MaxQueueLength = 128;

    public static void Check(string name, [CallerArgumentExpression(nameof(name))] string? parameter = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name, parameter);
        if (name.Length > MaxLength || HasControl(name))
            throw new ArgumentException($"A name has 1 to {MaxLength} characters and no control characters; this one has {name.Length}.", parameter);
    }

    public static void CheckQueue(string name, [CallerArgumentExpression(nameof(name))] string? parameter = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name, parameter);
        if (name.Length > MaxQueueLength || !char.IsAsciiLetterOrDigit(name[0]) || !name.All(IsQueueCharacter))
            throw new ArgumentException($"A queue name has 1 to {MaxQueueLength} of A-Z a-z 0-9 . _ : - and starts with a letter or digit.", parameter);
    }

    private static bool HasControl(string name)
    {
        // A loop: every publish and call comes through here.
        foreach (var c in name)
        {
            if (char.IsControl(c))
                return true;
        }
        return false;
    }

    private static bool IsQueueCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or ':' or '-';
}
