using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace OpenClaw.Gateway.Core.Agents.Tools.Files;

/// <summary>
/// A file inside a root directory. It can only be made by <see cref="RootedDirectory"/>, which has followed all links and
/// found the target inside. Opening walks from the root's own handle and refuses links, so that nobody who swaps a directory
/// between the check and the use gets out either.
/// </summary>
internal sealed class RootedPath
{
    private readonly string _root;
    private readonly string[] _parts;

    internal RootedPath(string root, string[] parts)
    {
        _root = root;
        _parts = parts;
        FullPath = parts.Length == 0 ? root : Path.Combine([root, .. parts]);
    }

    /// <summary>The absolute path without links; for messages and for tests of existence, not for opening.</summary>
    public string FullPath { get; }

    public bool IsRoot => _parts.Length == 0;

    /// <summary>Opens an existing file for reading.</summary>
    public FileStream OpenRead()
    {
        if (IsRoot || Directory.Exists(FullPath))
            throw new UnauthorizedAccessException("EISDIR: illegal operation on a directory, read");
        if (OperatingSystem.IsWindows())
            return OpenOnWindows();
        using var parent = OpenParent(create: false);
        return new FileStream(UnixFiles.OpenRead(parent, _parts[^1]), FileAccess.Read, bufferSize: 0);
    }

    /// <summary>Writes the whole file: under another name first, so that a crash leaves the old or the new one. Makes missing directories.</summary>
    public async Task WriteAllBytesAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        if (IsRoot || Directory.Exists(FullPath))
            throw new UnauthorizedAccessException($"EISDIR: illegal operation on a directory, open '{FullPath}'");
        cancellationToken.ThrowIfCancellationRequested();
        var name = _parts[^1];
        var temporary = $".{name[..Math.Min(name.Length, 100)]}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6))}.tmp";
        if (OperatingSystem.IsWindows())
        {
            await WriteOnWindowsAsync(temporary, content, cancellationToken).ConfigureAwait(false);
            return;
        }
        using var parent = OpenParent(create: true);
        try
        {
            using (var file = UnixFiles.CreateNew(parent, temporary))
            {
                KeepMode(parent, name, file);
                await RandomAccess.WriteAsync(file, content, 0, CancellationToken.None).ConfigureAwait(false);
                RandomAccess.FlushToDisk(file);
            }
            UnixFiles.Rename(parent, temporary, name);
        }
        catch
        {
            UnixFiles.Delete(parent, temporary);
            throw;
        }
    }

    private SafeFileHandle OpenParent(bool create)
    {
        var directory = UnixFiles.OpenRoot(_root);
        foreach (var part in _parts[..^1])
        {
            var parent = directory;
            using (parent)
                directory = create ? UnixFiles.OpenOrCreateDirectory(parent, part) : UnixFiles.OpenDirectory(parent, part);
        }
        return directory;
    }

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static void KeepMode(SafeFileHandle parent, string name, SafeFileHandle file)
    {
        try
        {
            using var old = UnixFiles.OpenRead(parent, name);
            File.SetUnixFileMode(file, File.GetUnixFileMode(old));
        }
        catch (IOException)
        {
            // There was no such file: the new one has the mode every new file gets.
        }
    }

    // Windows opens by path only; what was opened is looked at again.
    private FileStream OpenOnWindows()
    {
        var stream = new FileStream(FullPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        if (LinkResolver.Resolve(FullPath) == FullPath)
            return stream;
        stream.Dispose();
        throw new IOException($"\"{FullPath}\" has become a link.");
    }

    private async Task WriteOnWindowsAsync(string temporary, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var directory = Path.GetDirectoryName(FullPath)!;
        Directory.CreateDirectory(directory);
        if (LinkResolver.Resolve(directory) != directory)
            throw new IOException($"\"{directory}\" has become a link.");
        var path = Path.Combine(directory, temporary);
        await using (var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None))
        {
            await file.WriteAsync(content, cancellationToken).ConfigureAwait(false);
            file.Flush(flushToDisk: true);
        }
        File.Move(path, FullPath, overwrite: true);
    }
}
