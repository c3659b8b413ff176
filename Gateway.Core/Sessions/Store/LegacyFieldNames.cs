namespace OpenClaw.Gateway.Core.Sessions.Store;

/// <summary>Fields that earlier releases named differently; an entry that still has the old name gets the new one.</summary>
internal static class LegacyFieldNames
{
    private const string OldGroupChannel = "room";

    private static readonly (string Old, string New)[] Renames =
    [
        ("provider", SessionFields.Channel),
        ("lastProvider", SessionFields.LastChannel),
        (OldGroupChannel, SessionFields.GroupChannel),
    ];

    public static SessionEntry Rename(SessionEntry entry)
    {
        var editor = (SessionEntryEditor?)null;
        foreach (var (old, current) in Renames)
        {
            var value = entry[old];
            if (value.AsString() is not null && entry.Text(current) is null)
                (editor ??= entry.Edit()).Set(current, value).Remove(old);
            else if (old == OldGroupChannel && !value.IsMissing)
                (editor ??= entry.Edit()).Remove(old);
        }
        return editor?.Build() ?? entry;
    }
}
