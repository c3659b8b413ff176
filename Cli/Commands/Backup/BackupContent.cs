using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Configuration.Options;
using OpenClaw.Gateway.Core.Storage;

namespace OpenClaw.Cli.Commands.Backup;

/// <summary>What belongs in the backup of an instance: its state, and what the state needs and lies elsewhere.</summary>
internal sealed class BackupContent(GatewayEnvironment environment, ConfigSnapshot snapshot, bool withWorkspaces)
{
    public const string State = "state";
    public const string Config = "config";
    public const string Credentials = "credentials";
    public const string Workspaces = "workspaces";

    /// <summary>Where the all-in-one gateway keeps what it accepted, below the state directory.</summary>
    public const string Queue = "queue";

    /// <summary>Caches that a browser fills again.</summary>
    private static readonly string[] BrowserCaches = ["Cache", "Code Cache", "GPUCache", "ShaderCache", "GrShaderCache", "DawnCache"];

    private readonly List<string> _leftOut = [];

    /// <summary>What is not in the backup though it may be missed.</summary>
    public IReadOnlyList<string> LeftOut => _leftOut;

    private string StateDirectory => environment.StateDirectory;

    /// <summary>Names and paths of the files, except the queues. Each can be restored: no two lead to one place, and no name is one that the reader refuses.</summary>
    public IEnumerable<(string Name, string Path)> Files()
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, path) in Candidates())
        {
            if (ArchiveName.Problem(name) is { } problem)
                _leftOut.Add($"{environment.Display(path)} (its name cannot be kept: {problem})");
            else if (!File.Exists(path) && name.Contains('\uFFFD', StringComparison.Ordinal))
                _leftOut.Add($"{environment.Display(path)} (its name is not UTF-8)");
            else if (ArchiveName.Target(name) is { } target && !taken.Add(target))
                _leftOut.Add($"{environment.Display(path)} (another file, which is in use, has its place)");
            else
                yield return (name, path);
        }
        foreach (var file in snapshot.IncludedFiles.Where(file => !IsInside(file, StateDirectory)))
            _leftOut.Add(environment.Display(file) + " (included by the configuration)");
        if (snapshot.Session.Store is { } store && !IsInside(environment.ExpandPath(store), StateDirectory))
            _leftOut.Add(store + " (session.store)");
    }

    /// <summary>First what was moved elsewhere: what lies in its old place is not in use.</summary>
    private IEnumerable<(string Name, string Path)> Candidates()
    {
        if (!IsInside(environment.ConfigPath, StateDirectory) && File.Exists(environment.ConfigPath))
            yield return (Config + "/openclaw.json", environment.ConfigPath);
        if (!IsInside(environment.CredentialsDirectory, StateDirectory))
        {
            foreach (var path in Below(environment.CredentialsDirectory, static (path, _) => !IsPassing(path)))
                yield return (ArchiveName.Of(Credentials, environment.CredentialsDirectory, path), path);
        }
        foreach (var path in Below(StateDirectory, IsWanted))
            yield return (ArchiveName.Of(State, StateDirectory, path), path);
        foreach (var (agent, directory) in withWorkspaces ? OutsideWorkspaces() : [])
        {
            foreach (var path in Below(directory, static (_, _) => true))
                yield return (ArchiveName.Of(Workspaces + "/" + agent, directory, path), path);
        }
    }

    /// <summary>Directories of agents that do not lie in the state directory.</summary>
    private IEnumerable<(string Agent, string Directory)> OutsideWorkspaces() =>
        WorkspaceDirectories().Where(workspace => !IsInside(workspace.Directory, StateDirectory)).DistinctBy(static workspace => workspace.Directory);

    private IEnumerable<(string Agent, string Directory)> WorkspaceDirectories()
    {
        var agents = snapshot.Root.Section("agents");
        yield return ("default", Path.GetFullPath(environment.ExpandPath(agents.Section("defaults").Text("workspace")) ?? environment.DefaultWorkspace));
        foreach (var agent in agents.Sections("list"))
        {
            if (agent.Text("workspace") is { } own && Safe(agent) is { } id)
                yield return (id, Path.GetFullPath(environment.ExpandPath(own)));
        }
    }

    private static string? Safe(ConfigSection agent) => agent.Text("id") is { } id && id.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? id : null;

    private bool IsWanted(string path, bool isDirectory)
    {
        var relative = Path.GetRelativePath(StateDirectory, path).Replace(Path.DirectorySeparatorChar, '/');
        if (IsWorkspace(path))
            return withWorkspaces;
        var parts = relative.Split('/');
        return parts[0] switch
        {
            "logs" => false,
            StartupProfile.Cache when parts is [_, var name, ..] && StartupProfile.IsName(name) => false,
            Queue => parts is not [_, "queues" or "lock" or "owner", ..],
            "browser" when isDirectory => !BrowserCaches.Contains(parts[^1], StringComparer.Ordinal),
            _ => isDirectory || !IsPassing(path),
        };
    }

    /// <summary>What an agent keeps under a name like <c>package.lock</c> is the agent's.</summary>
    private bool IsWorkspace(string path) => WorkspaceDirectories().Any(workspace => path == workspace.Directory || IsInside(path, workspace.Directory))
        || Path.GetRelativePath(StateDirectory, path).StartsWith("workspace", StringComparison.Ordinal);

    /// <summary>Locks and half-written files mean something to the process that made them, and to nobody else.</summary>
    private static bool IsPassing(string path) =>
        path.EndsWith(".lock", StringComparison.Ordinal) || path.EndsWith(".tmp", StringComparison.Ordinal) || path.EndsWith(".guard", StringComparison.Ordinal);

    /// <summary>The files below a directory. Links to files are followed; links to directories may lead round in circles, and are told of.</summary>
    private IEnumerable<string> Below(string root, Func<string, bool, bool> isWanted)
    {
        var directories = new Stack<string>([root]);
        while (directories.TryPop(out var directory))
        {
            FileSystemInfo[] entries;
            try
            {
                entries = new DirectoryInfo(directory).GetFileSystemInfos();
            }
            catch (DirectoryNotFoundException)
            {
                continue;
            }
            catch (UnauthorizedAccessException)
            {
                _leftOut.Add(environment.Display(directory) + " (may not be read)");
                continue;
            }
            foreach (var entry in entries.OrderBy(static entry => entry.Name, StringComparer.Ordinal))
            {
                var isDirectory = entry.Attributes.HasFlag(FileAttributes.Directory);
                if (!isWanted(entry.FullName, isDirectory))
                    continue;
                if (isDirectory && entry.LinkTarget is not null)
                    _leftOut.Add(environment.Display(entry.FullName) + " (a link to a directory)");
                else if (isDirectory)
                    directories.Push(entry.FullName);
                else if (IsRegular(entry))
                    yield return entry.FullName;
            }
        }
    }

    /// <summary>No sockets, pipes and devices: reading one may never end.</summary>
    private bool IsRegular(FileSystemInfo entry)
    {
        try
        {
            return (entry.ResolveLinkTarget(returnFinalTarget: true) ?? entry) is FileInfo { Exists: true } file && (file.Attributes & FileAttributes.Device) == 0 && !FileKind.IsSpecial(file.FullName);
        }
        catch (IOException)
        {
            _leftOut.Add(environment.Display(entry.FullName) + " (a link that leads to itself)");
            return false;
        }
    }

    private static bool IsInside(string path, string directory) =>
        Path.GetFullPath(path).StartsWith(Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory)) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
