using OpenClaw.Cli.Diagnosis;

namespace OpenClaw.Cli.Commands.Security;

/// <summary>Who of this machine can read and change the instance's files. All of it can be repaired by taking rights away.</summary>
internal static class FilePermissions
{
    /// <summary>Directories that keep their files in step with other people's servers.</summary>
    private static readonly string[] SyncedDirectories = ["iCloud Drive", "Mobile Documents", "Dropbox", "Google Drive", "OneDrive", "CloudStorage"];

    /// <summary>A gateway has dozens of secret files, not thousands; what lies deeper is looked at when these are right.</summary>
    private const int MostFiles = 2000;

    public static IEnumerable<Finding> Look(AuditSubject subject)
    {
        var state = subject.Environment.StateDirectory;
        var config = subject.Environment.ConfigPath;
        return Synced(subject)
            .Concat(StateDirectory(subject, state))
            .Concat(Config(subject, "fs.config", "The configuration", config))
            .Concat(subject.Snapshot.IncludedFiles.SelectMany(file => Config(subject, "fs.config_include", "An included configuration file", file)))
            .Concat(Secrets(subject));
    }

    private static IEnumerable<Finding> Synced(AuditSubject subject)
    {
        foreach (var path in (string[])[subject.Environment.StateDirectory, subject.Environment.ConfigPath])
        {
            if (!path.Split(Path.DirectorySeparatorChar).Any(part => SyncedDirectories.Any(name => part.StartsWith(name, StringComparison.OrdinalIgnoreCase))))
                continue;
            yield return new Finding("fs.synced_dir", FindingSeverity.Warning, "State lies in a directory that is synchronised",
                $"{subject.Show(path)}: tokens leave this machine, and a file may be replaced while the gateway writes it.")
            {
                Remedy = "Move it, and say where with OPENCLAW_STATE_DIR.",
            };
            yield break;
        }
    }

    private static IEnumerable<Finding> StateDirectory(AuditSubject subject, string path)
    {
        if (new DirectoryInfo(path).LinkTarget is not null)
        {
            yield return new Finding("fs.state_dir.symlink", FindingSeverity.Warning, "The state directory is a link",
                $"{subject.Show(path)} leads to another place; who may change that place may change everything.");
        }
        if (FileModes.Of(path) is not { } mode || (mode & (FileModes.OthersRead | FileModes.OthersWrite)) == 0)
            yield break;
        var (id, severity, what) = mode switch
        {
            _ when mode.HasFlag(UnixFileMode.OtherWrite) => ("fs.state_dir.perms_world_writable", FindingSeverity.Error, "Everybody can change the state directory"),
            _ when mode.HasFlag(UnixFileMode.GroupWrite) => ("fs.state_dir.perms_group_writable", FindingSeverity.Warning, "A group can change the state directory"),
            _ => ("fs.state_dir.perms_readable", FindingSeverity.Warning, "Others can look into the state directory"),
        };
        yield return Loose(subject, id, severity, what, path, mode, FileModes.OwnerDirectory);
    }

    private static IEnumerable<Finding> Config(AuditSubject subject, string prefix, string name, string path)
    {
        if (new FileInfo(path).LinkTarget is not null && prefix == "fs.config")
        {
            yield return new Finding("fs.config.symlink", FindingSeverity.Warning, "The configuration is a link",
                $"{subject.Show(path)} leads to {subject.Show(File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? "nowhere")}; who may change that file may run commands as you.");
        }
        if (FileModes.Of(path) is not { } mode)
            yield break;
        if ((mode & FileModes.OthersWrite) != 0)
            yield return Loose(subject, prefix + ".perms_writable", FindingSeverity.Error, name + " can be changed by others", path, mode, FileModes.OwnerFile);
        else if (mode.HasFlag(UnixFileMode.OtherRead))
            yield return Loose(subject, prefix + ".perms_world_readable", FindingSeverity.Error, name + " can be read by everybody", path, mode, FileModes.OwnerFile);
        else if (mode.HasFlag(UnixFileMode.GroupRead))
            yield return Loose(subject, prefix + ".perms_group_readable", FindingSeverity.Warning, name + " can be read by a group", path, mode, FileModes.OwnerFile);
    }

    private static IEnumerable<Finding> Secrets(AuditSubject subject)
    {
        var state = subject.Environment.StateDirectory;
        var credentials = subject.Environment.CredentialsDirectory;
        if (FileModes.Of(credentials) is { } directory)
        {
            if ((directory & FileModes.OthersWrite) != 0)
                yield return Loose(subject, "fs.credentials_dir.perms_writable", FindingSeverity.Error, "Others can put credentials in place", credentials, directory, FileModes.OwnerDirectory);
            else if ((directory & FileModes.OthersRead) != 0)
                yield return Loose(subject, "fs.credentials_dir.perms_readable", FindingSeverity.Warning, "Others can see the credentials", credentials, directory, FileModes.OwnerDirectory);
        }
        foreach (var (path, prefix, what) in SecretFiles(state, credentials).Take(MostFiles))
        {
            if (FileModes.Of(path) is not { } mode)
                continue;
            if ((mode & FileModes.OthersWrite) != 0)
                yield return Loose(subject, prefix + ".perms_writable", FindingSeverity.Error, what + " can be changed by others", path, mode, FileModes.OwnerFile);
            else if ((mode & FileModes.OthersRead) != 0)
                yield return Loose(subject, prefix + ".perms_readable", FindingSeverity.Warning, what + " can be read by others", path, mode, FileModes.OwnerFile);
        }
    }

    private static IEnumerable<(string Path, string Prefix, string What)> SecretFiles(string state, string credentials)
    {
        foreach (var agent in Entries(Path.Combine(state, "agents"), "*", directories: true))
        {
            yield return (Path.Combine(agent, "agent", "auth-profiles.json"), "fs.auth_profiles", "Model keys");
            yield return (Path.Combine(agent, "sessions", "sessions.json"), "fs.sessions_store", "The list of sessions");
        }
        foreach (var name in (string[])[".env", "exec-approvals.json", "node.json"])
            yield return (Path.Combine(state, name), "fs.secret_file", name);
        foreach (var directory in (string[])["identity", "devices", "nodes", "gateway/tls", "telegram"])
        {
            foreach (var file in Entries(Path.Combine(state, directory), "*.json", directories: false).Concat(Entries(Path.Combine(state, directory), "*-key.pem", directories: false)))
                yield return (file, "fs.secret_file", Path.GetRelativePath(state, file));
        }
        foreach (var file in Entries(credentials, "*.json", directories: false, recursive: true))
            yield return (file, "fs.secret_file", Path.GetRelativePath(state, file));
    }

    private static IEnumerable<string> Entries(string directory, string pattern, bool directories, bool recursive = false)
    {
        // Links are not followed: they may lead round in circles.
        var options = new EnumerationOptions { IgnoreInaccessible = true, RecurseSubdirectories = recursive, AttributesToSkip = FileAttributes.ReparsePoint };
        if (!Directory.Exists(directory))
            return [];
        return directories ? Directory.EnumerateDirectories(directory, pattern, options) : Directory.EnumerateFiles(directory, pattern, options);
    }

    private static Finding Loose(AuditSubject subject, string id, FindingSeverity severity, string title, string path, UnixFileMode mode, UnixFileMode target) =>
        new(id, severity, title, $"{subject.Show(path)} has mode {FileModes.Octal(mode)}.")
        {
            Remedy = $"chmod {FileModes.Octal(target)} {subject.Show(path)}",
            Repair = FileModes.Tighten(path, subject.Show(path), target),
        };
}
