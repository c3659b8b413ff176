using System.Globalization;
using System.IO.Enumeration;
using System.Text.Json;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Replay;

/// <summary>A deliberate difference from the recordings.</summary>
/// <param name="Files">The transcripts in which it shows; it must show in each of them. <c>*</c>: all that have such a frame.</param>
/// <param name="Connection">Name of the connection; absent: any.</param>
/// <param name="Frame">Label of the frame or <c>#line</c>; <c>*</c> stands for anything.</param>
/// <param name="Differs">What differs, see <see cref="Difference.What"/>; <c>*</c> stands for anything.</param>
/// <param name="Reason">Why.</param>
/// <param name="Depends">It shows or does not, by how fast the machine is; another test covers what happens in each case.</param>
internal sealed record Deviation(IReadOnlyList<string> Files, string? Connection, string Frame, string Differs, string Reason, bool Depends = false)
{
    public bool Covers(Difference difference) =>
        IsAbout(difference.Line, difference.Connection, difference.Frame) && Fits(Differs, difference.What);

    public bool IsAbout(int line, string connection, string frame) =>
        (Connection is null || Connection == connection) && (Fits(Frame, frame) || Frame == $"#{line}");

    /// <summary>Whether the frame is expected not to come, so that nobody needs to wait for it.</summary>
    public bool SaysAbsent(int line, string connection, string frame) => Differs == "absent" && IsAbout(line, connection, frame);

    private static bool Fits(string pattern, string text) => FileSystemName.MatchesSimpleExpression(pattern.Replace("\\", "\\\\", StringComparison.Ordinal), text, ignoreCase: false);
}

/// <summary>Frames of a recording that are neither sent nor waited for.</summary>
/// <param name="File">The transcript.</param>
/// <param name="Lines">Line numbers and ranges (<c>7-9</c>), from 1.</param>
/// <param name="Reason">Why.</param>
internal sealed record SkippedFrames(string File, IReadOnlyList<string> Lines, string Reason)
{
    public IEnumerable<int> Numbers => Lines.SelectMany(static range =>
    {
        var ends = range.Split('-').Select(static end => int.Parse(end, CultureInfo.InvariantCulture)).ToArray();
        return Enumerable.Range(ends[0], ends[^1] - ends[0] + 1);
    });
}

/// <summary>The contents of <c>deviations.json</c>.</summary>
/// <param name="UnservedMethods">Recorded methods that this gateway answers with <c>unknown method</c>, after authorization.</param>
/// <param name="UnservedEvents">Recorded event names that this gateway neither announces nor sends.</param>
/// <param name="Skipped">Recorded frames that make no sense here: mostly what follows from a call to an unserved method.</param>
/// <param name="Entries">All other differences.</param>
internal sealed record Deviations(IReadOnlyList<string> UnservedMethods, IReadOnlyList<string> UnservedEvents, IReadOnlyList<SkippedFrames> Skipped, IReadOnlyList<Deviation> Entries)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { ReadCommentHandling = JsonCommentHandling.Skip };

    public static Deviations Load() =>
        JsonSerializer.Deserialize<Deviations>(File.ReadAllBytes(Path.Combine(RepositoryRoot.Path, "tests", "Gateway.Core.Tests", "Replay", "deviations.json")), Options)!;

    public IReadOnlySet<int> SkippedIn(string file) => Skipped.Where(skipped => skipped.File == file).SelectMany(static skipped => skipped.Numbers).ToHashSet();

    /// <summary>The entries about a transcript that has these frames.</summary>
    public IReadOnlyList<Deviation> Of(string file, IReadOnlyList<(int Line, string Connection, string Frame)> frames) =>
        [.. Entries.Where(entry => entry.Files.Contains(file) || (entry.Files.Contains("*") && frames.Any(frame => entry.IsAbout(frame.Line, frame.Connection, frame.Frame))))];
}
