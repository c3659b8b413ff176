using System.Security.Cryptography;

namespace OpenClaw.Gateway.Core.Agents.Tools.Exec;

/// <summary>Names for background commands that models can repeat without a mistake: two plain words.</summary>
internal static class SessionNames
{
    private static readonly string[] First =
    [
        "amber", "brisk", "calm", "clear", "cool", "deep", "fair", "fresh", "gentle", "grand", "keen", "light", "mild", "neat",
        "plain", "quick", "quiet", "rapid", "sharp", "still", "swift", "tidal", "vivid", "warm",
    ];

    private static readonly string[] Second =
    [
        "atlas", "bay", "breeze", "brook", "canyon", "cedar", "cliff", "comet", "coral", "cove", "delta", "dune", "ember", "falls",
        "fjord", "glade", "harbor", "island", "lagoon", "meadow", "orchid", "reef", "ridge", "valley",
    ];

    /// <summary>A name for which <paramref name="isTaken"/> is false.</summary>
    public static string Next(Func<string, bool> isTaken)
    {
        var name = Pair();
        for (var number = 2; isTaken(name); number++)
            name = $"{Pair()}-{number}";
        return name;
    }

    private static string Pair() => $"{First[RandomNumberGenerator.GetInt32(First.Length)]}-{Second[RandomNumberGenerator.GetInt32(Second.Length)]}";
}
