namespace OpenClaw.Gateway.Core.Agents.Tools.Files;

/// <summary>Follows all links of a path, as the system would.</summary>
internal static class LinkResolver
{
    /// <summary>More links than this are a circle; the kernel's own limit.</summary>
    private const int MaxLinks = 40;

    /// <summary>The path without any link in it. Parts that do not exist stay as they are.</summary>
    public static string Resolve(string absolutePath)
    {
        var root = Path.GetPathRoot(absolutePath)!;
        var resolved = root;
        var pending = new Stack<string>(Parts(absolutePath[root.Length..]).Reverse());
        var links = 0;
        while (pending.TryPop(out var part))
        {
            if (part == "..")
            {
                resolved = Path.GetDirectoryName(resolved) ?? root;
                continue;
            }
            var next = Path.Combine(resolved, part);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                resolved = next;
                continue;
            }
            if (++links > MaxLinks)
                throw new IOException($"ELOOP: too many symbolic links encountered, open '{absolutePath}'");
            if (Path.IsPathRooted(target))
            {
                root = Path.GetPathRoot(target)!;
                resolved = root;
                target = target[root.Length..];
            }
            foreach (var inner in Parts(target).Reverse())
                pending.Push(inner);
        }
        return resolved;
    }

    private static string[] Parts(string path) =>
        [.. path.Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries).Where(static part => part != ".")];
}
