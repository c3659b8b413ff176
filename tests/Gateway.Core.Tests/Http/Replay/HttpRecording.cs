using System.Text;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Http.Replay;

/// <summary>One request to the original and its answer, as <c>curl -i</c> showed them.</summary>
internal sealed record HttpRecording(string Name, string Method, string Path, IReadOnlyList<(string Name, string Value)> Headers, string? Body, RecordedAnswer Answer)
{
    private static string Directory { get; } = System.IO.Path.Combine(RepositoryRoot.Path, "tests", "Transcripts", "http");

    public static IEnumerable<string> Names => System.IO.Directory.EnumerateFiles(Directory, "*.txt").Select(static file => System.IO.Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal);

    public static HttpRecording Load(string name)
    {
        var text = File.ReadAllText(System.IO.Path.Combine(Directory, name + ".txt")).ReplaceLineEndings("\n");
        var end = text.IndexOf('\n');
        var words = Words(text["$ ".Length..end]);
        var headers = new List<(string, string)>();
        string? method = null, body = null, path = null;
        for (var i = 1; i < words.Count; i++)
        {
            switch (words[i])
            {
                case "-H":
                    var header = words[++i];
                    headers.Add((header[..header.IndexOf(':')], header[(header.IndexOf(':') + 1)..].Trim()));
                    break;
                case "-X":
                    method = words[++i];
                    break;
                case "-d" or "--data-binary":
                    body = words[++i];
                    break;
                case var word when word.StartsWith("http://", StringComparison.Ordinal):
                    path = new Uri(word).PathAndQuery.TrimStart('/');
                    break;
            }
        }
        return new HttpRecording(name, method ?? (body is null ? "GET" : "POST"), path!, headers, body, RecordedAnswer.Parse(text[(end + 1)..]));
    }

    /// <summary>The words of a shell command in which every odd character is escaped.</summary>
    private static List<string> Words(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '\\' && i + 1 < line.Length)
                word.Append(line[++i]);
            else if (line[i] != ' ')
                word.Append(line[i]);
            else if (word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }
        if (word.Length > 0)
            words.Add(word.ToString());
        return words;
    }
}

/// <summary>Status, the headers that clients act on, and the body. Status 0: the original cut the connection.</summary>
internal sealed record RecordedAnswer(int Status, string? ContentType, string? Allow, string Body)
{
    public static RecordedAnswer Parse(string text)
    {
        var start = text.IndexOf("HTTP/1.1 ", StringComparison.Ordinal);
        while (start >= 0 && text[(start + 9)..].StartsWith("100 ", StringComparison.Ordinal))
            start = text.IndexOf("HTTP/1.1 ", start + 9, StringComparison.Ordinal);
        if (start < 0)
            return new RecordedAnswer(0, null, null, "");
        var end = text.IndexOf("\n\n", start, StringComparison.Ordinal);
        var head = (end < 0 ? text[start..] : text[start..end]).Split('\n');
        var body = end < 0 ? "" : text[(end + 2)..];
        var curl = body.IndexOf("\ncurl: (", StringComparison.Ordinal);
        return new RecordedAnswer(int.Parse(head[0].AsSpan(9, 3)), Header(head, "Content-Type"), Header(head, "Allow"), (curl < 0 ? body : body[..curl]).Trim());
    }

    private static string? Header(string[] head, string name) =>
        head.FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();
}
