namespace OpenClaw.Gateway.Core.Ingress;

/// <summary>
/// What to do with a message whose runs ended with the process: try again, try again when the gateway has stood for a while, or
/// give it up. A message that merely ran when somebody killed the process must be answered; one that is the cause must not take the
/// gateway down for ever, nor keep it from other work meanwhile.
/// </summary>
internal static class CrashSuspicion
{
    /// <summary>Crashes that are taken for chance: the message is tried again at once.</summary>
    public const int Harmless = 2;

    /// <summary>Crashes after which the message is given up.</summary>
    public const int Limit = 5;

    /// <summary>How long the gateway must have stood before the first guarded try; doubled for each further one.</summary>
    public static readonly TimeSpan FirstGuard = TimeSpan.FromSeconds(5);

    /// <summary>How much longer a message waits that was worked on during <paramref name="crashes"/> ends of the process; null: it is given up.</summary>
    public static TimeSpan? Delay(int crashes, TimeSpan uptime)
    {
        if (crashes >= Limit)
            return null;
        if (crashes <= Harmless)
            return TimeSpan.Zero;
        var guard = FirstGuard * (1 << (crashes - Harmless - 1));
        return guard > uptime ? guard - uptime : TimeSpan.Zero;
    }
}
