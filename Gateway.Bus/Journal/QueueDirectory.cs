using System.Globalization;
using System.Text;

namespace OpenClaw.Gateway.Bus.Journal;

/// <summary>
/// The name of a queue's directory: the queue's, with capital letters and other characters that some file system does
/// not tell apart or does not allow as <c>%</c> and two hexadecimal digits.
/// </summary>
internal static class QueueDirectory
{
    public static string Encode(string queue)
    {
        var name = new StringBuilder(queue.Length);
        foreach (var c in queue)
        {
            if (char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_' or '.')
                name.Append(c);
            else
                name.Append(CultureInfo.InvariantCulture, $"%{(int)c:x2}");
        }
        return name.ToString();
    }

    /// <summary>The queue of a directory; null when it is none of ours.</summary>
    public static string? Decode(string directory)
    {
        var queue = Uri.UnescapeDataString(directory);
        try
        {
            BusName.CheckQueue(queue);
        }
        catch (ArgumentException)
        {
            return null;
        }
        return Encode(queue) == directory ? queue : null;
    }
}
