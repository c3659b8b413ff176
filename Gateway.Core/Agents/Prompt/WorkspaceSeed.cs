namespace OpenClaw.Gateway.Core.Agents.Prompt;

/// <summary>Fills an agent's workspace with the files it starts from.</summary>
public static class WorkspaceSeed
{
    /// <summary>
    /// Makes the directory and the files that are missing; what exists is never touched. Only a workspace that nobody has lived in
    /// gets the script of the first conversation.
    /// </summary>
    /// <param name="directory">Absolute path of the workspace.</param>
    /// <param name="firstConversation">False leaves that script out.</param>
    /// <param name="cancellation">Stops between two files.</param>
    /// <exception cref="IOException">A file cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory is not writable.</exception>
    public static async Task PlantAsync(string directory, bool firstConversation = true, CancellationToken cancellation = default)
    {
        Directory.CreateDirectory(directory);
        var isNew = !WorkspaceTemplates.All.Any(template => File.Exists(Path.Combine(directory, template.Name)));
        foreach (var (name, text) in WorkspaceTemplates.All)
            await CreateAsync(Path.Combine(directory, name), text, cancellation).ConfigureAwait(false);
        if (isNew && firstConversation)
            await CreateAsync(Path.Combine(directory, AgentWorkspace.BootstrapName), WorkspaceTemplates.Bootstrap, cancellation).ConfigureAwait(false);
    }

    private static async Task CreateAsync(string path, string text, CancellationToken cancellation)
    {
        // Before each run nearly all of them are there.
        if (File.Exists(path))
            return;
        try
        {
            await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
            await using var writer = new StreamWriter(file);
            await writer.WriteAsync(text.AsMemory(), cancellation).ConfigureAwait(false);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Somebody has it already, which is what was wanted.
        }
    }
}
