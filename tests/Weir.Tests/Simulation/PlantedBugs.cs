namespace Weir.Tests.Simulation;

/// <summary>One edit of a source file, made in a copy: the code that is there, and what a bug makes of it.</summary>
internal sealed record PlantedEdit(string File, string Code, string Bug);

/// <summary>A bug that the simulator must find.</summary>
internal sealed record PlantedBug(string Name, params PlantedEdit[] Edits)
{
    /// <summary>Where the search begins: a rare one is looked for where it was found before, to save time.</summary>
    public int FirstSeed { get; init; } = 1;

    /// <summary>It shows where pipes and schedules run.</summary>
    public bool IsOfFlows { get; init; }
}

/// <summary>
/// The bugs, as edits of what they break. The sources themselves know nothing of them; an edit whose code is not there
/// exactly once any more fails the test, and is to be written anew.
/// </summary>
internal static class PlantedBugs
{
    private const string Journal = "src/Weir.Journal/";
    private const string Engine = "src/Weir.Engine/";
    private const string Broker = "src/Weir.Broker/";

    public static IReadOnlyList<PlantedBug> All { get; } =
        [.. OfTheDisk(), .. OfPublishing(), .. OfTrust(), .. OfCheckpoints(), .. OfPlaces(), .. OfRules(),
            .. OfLimits(), .. OfFlows()];

    // What is acknowledged is not on the disk.
    private static PlantedBug[] OfTheDisk() =>
    [
        new("a frame is not synced", Edit(Journal + "Frames/FrameCommitter.cs", "frame.Segment.File.Sync();", ";")),
        new("a frame is acknowledged before it is written", Edit(Journal + "Frames/FrameCommitter.cs",
            """
                        if (!TryMakeDurable(frame))
                            throw _failure.Exception();
                        onDurable(frame);
            """,
            """
                        onDurable(frame);
                        if (!TryMakeDurable(frame))
                            throw _failure.Exception();
            """)),
        new("a failed sync is tried again", Edit(Journal + "Frames/FrameCommitter.cs", "frame.Segment.File.Sync();",
            "try { frame.Segment.File.Sync(); } catch (JournalDiskException) { frame.Segment.File.Sync(); }")),
        new("a new segment's name is not synced", Edit(Journal + "Segments/SegmentFactory.cs",
            """
                        disk.Rename(temporaryPath, path);
                        disk.SyncDirectory(options.Directory);
            """, "            disk.Rename(temporaryPath, path);\n")),
        new("a checkpoint's name is not synced", Edit(Journal + "Checkpoints/CheckpointFile.cs",
            "        disk.SyncDirectory(directory);\n", "")),
        new("a checkpoint is not synced", Edit(Journal + "Checkpoints/CheckpointWriter.cs",
            """
                    file.Write(0, head);
                    file.Sync();
            """, "        file.Write(0, head);\n")),
    ];

    // A publication is not all or nothing.
    private static PlantedBug[] OfPublishing() =>
    [
        new("a publication forgets its last queue", Edit(Engine + "Commands/PublishCommand.cs",
            "return [.. to];", "return [.. System.Linq.Enumerable.Take(to, System.Math.Max(1, to.Count - 1))];")),
        new("what is passed on stays where it was", Edit(Engine + "Commands/PublishCommand.cs",
            "else shard.Emit(new MessageDeleted(queue.Id, receipt.Sequence));", "else { }")),
        new("what is published is given where the lease has ended", Edit(Engine + "Commands/PublishCommand.cs",
            "                    && entry.ReceiveCount == receipt.ReceiveCount;", ";")),
        new("replay forgets all but the first queue", Edit(Engine + "Records/MessagesPublished.cs",
            "return new MessagesPublished(queues, default) { Payload = reader.Payload() };",
            "return new MessagesPublished(queues[..1], default) { Payload = reader.Payload() };")),
    ];

    // What is not intact is believed.
    private static PlantedBug[] OfTrust() =>
    [
        new("a frame's checksum is not tested", Edit(Journal + "Frames/FrameFormat.cs",
            "BinaryPrimitives.ReadUInt32LittleEndian(frame[8..]) == Checksum(frame, segment, salt, crc)\n        &&",
            "")),
        new("a content's checksum is not tested", Edit(Engine + "Payload.cs",
            "return BinaryPrimitives.ReadUInt32LittleEndian(stored.Span) == Checksum(content.Span);", "return true;")),
        new("frames of a recycled segment are not fenced off",
            Edit(Journal + "Segments/SegmentFactory.cs", "disk.NewSalt()", "42UL"),
            Edit(Journal + "Frames/FrameFormat.cs",
                "BinaryPrimitives.WriteUInt32LittleEndian(seed, segment);", ";")),
    ];

    // A checkpoint is not the state that it says it is.
    private static PlantedBug[] OfCheckpoints() =>
    [
        new("a checkpoint forgets deduplication ids", Edit(Engine + "State/QueueCut.cs",
            "for (var i = 0; i < _duplicates.Count; i++) CheckpointFormat.WriteDuplicate(_duplicates[i], output);",
            ";")),
        new("a checkpoint forgets receive attempts", Edit(Engine + "State/CheckpointItems.cs",
            "if (entry.Attempt is not { } attempt) return;",
            "if (entry.Attempt is not { } attempt || writer.Position < 0) return;"),
            Edit(Engine + "State/CheckpointItems.cs", "writer.Text(entry.Attempt?.Id);",
                "writer.Text(null); if (writer.Position > 0) return;"))
        {
            FirstSeed = 1070,
        },
        new("a checkpoint forgets leases", Edit(Engine + "State/CheckpointItems.cs",
            "writer.Byte(entry.IsLeasedByBroker ? LeasedByBroker : (byte)entry.State);",
            "writer.Byte((byte)EntryState.Ready);")),
        new("a checkpoint forgets receive counts", Edit(Engine + "Queues/Message.cs",
            "ReceiveCount = reader.Int32(),", "ReceiveCount = reader.Int32() * 0,")),
        new("a checkpoint forgets move tasks", Edit(Engine + "State/CheckpointFormat.cs",
            "foreach (var task in tasks.OrderBy(task => task.TaskId))",
            "foreach (var task in tasks.OrderBy(task => task.TaskId).Take(0))")),
        new("a checkpoint sees changes after its moment", Edit(Engine + "Queues/Queue.cs",
            "        State.Cut?.Cover(this);\n", "")),
        new("a checkpoint sees entries after their change", Edit(Engine + "Queues/Queue.cs",
            "if (_cut is null || entry.CutNumber == CutNumber) return;",
            "if (_cut is null || entry.CutNumber <= CutNumber) return;")),
        new("a checkpoint recycles what is live", Edit(Broker + "Shards/CheckpointSteps.cs",
            "loop.Shard.Live.IsLive", "static _ => false")),
    ];

    // Messages are misplaced.
    private static PlantedBug[] OfPlaces() =>
    [
        new("a run comes back in another order", Edit(Engine + "Queues/Backlog.cs",
            "in RunBlock.Read(run, state.ReadLog).AsSpan()) _front",
            "in RunBlock.Read(run, state.ReadLog).Reverse().ToArray().AsSpan()) _front")),
        new("a run loses a message", Edit(Engine + "Queues/Backlog.cs",
            "in RunBlock.Read(run, state.ReadLog).AsSpan()) _front",
            "in RunBlock.Read(run, state.ReadLog).AsSpan(1)) _front")),
        new("a relocated content is looked for where it was", Edit(Engine + "Queues/Queue.cs",
            "(before, entry.Message.Payload) = (entry.Message.Payload, payload);", "before = entry.Message.Payload;")),
        new("a dead letter is lost", Edit(Engine + "Records/MessageMoved.cs",
            "destination.Add(moved);", "if (!IsDeadLetter) destination.Add(moved);")),
    ];

    // Rules are bent.
    private static PlantedBug[] OfRules() =>
    [
        new("retention ends a millisecond late", Edit(Engine + "Queues/Queue.cs",
            "old.Message.SentUnixMs <= oldest)", "old.Message.SentUnixMs < oldest)")),
        new("a lease ends a millisecond late", Edit(Engine + "Queues/Queue.cs",
            "due.VisibleUnixMs <= nowUnixMs)", "due.VisibleUnixMs < nowUnixMs)")),
        new("a group may have two batches in flight", Edit(Engine + "Queues/MessageGroup.cs",
            "InFlight == 0 && Head", "Head"))
        {
            FirstSeed = 320,
        },
        new("a deduplication id lives a second less", Edit(Engine + "Queues/DedupWindow.cs",
            "5 * 60 * 1000", "299 * 1000"))
        {
            FirstSeed = 340,
        },
        new("a stale receipt handle deletes", Edit(Engine + "Commands/DeleteCommand.cs",
            "var isCurrent = handle.ReceiveCount == entry.ReceiveCount;",
            "var isCurrent = handle.ReceiveCount <= entry.ReceiveCount;")),
    ];

    // Limits are not kept.
    private static PlantedBug[] OfLimits() =>
    [
        new("a time to live ends a millisecond late", Edit(Engine + "Commands/DeadLetters.cs",
            "message.ExpiresUnixMs <= _shard.NowUnixMs", "message.ExpiresUnixMs < _shard.NowUnixMs")),
        new("a full queue evicts what was just sent", Edit(Engine + "Commands/QueueRoom.cs",
            "&& queue.TryPeekReady(out var oldest) && oldest.Sequence < sentSequence)",
            "&& queue.TryPeekReady(out var oldest))")),
        new("a filter's move moves what it does not want", Edit(Engine + "Commands/StepMoveTaskCommand.cs",
            "if (!isWanted!(StoredMessages.Describe(source, message)))",
            "if (!isWanted!(StoredMessages.Describe(source, message)) && lookedAt < 2)")),
    ];

    // What goes on by itself is not done in one commit, or by other rules.
    private static PlantedBug[] OfFlows() =>
    [
        OfFlow("a pipe leaves in its queue what it passed on", "Pipes/PipeLoop.cs",
            "Consume = [new Consumption(_config.Source, [message.Lease.Receipt])],", "Consume = [],"),
        OfFlow("a pipe takes what its target refuses", "Pipes/PipeSender.cs",
            "IsHeldBack => true", "IsHeldBack => false"),
        OfFlow("a pipe's filter lets everything through", "Pipes/PipeRoute.cs",
            "return matched.Count > 0;", "return true;"),
        OfFlow("a schedule's next time is not in the commit of its firing", "Schedules/ScheduleFiring.cs",
            "return [change, ofSchedule];", "return [ofSchedule];"),
        OfFlow("a schedule fires for each time that was missed", "Schedules/Occurrence.cs",
            "if (now - fire >= LateMin && next <= now)", "if (now - fire >= LateMin && next <= due)"),
        OfFlow("a schedule that was changed fires once more", "Schedules/ScheduleDirectory.cs",
            "if (before is not null && before.IsDueLike(after)) return new[] { change };",
            "if (before is not null) return new[] { change };"),
    ];

    private static PlantedBug OfFlow(string name, string file, string code, string bug) =>
        new(name, Edit(Broker + file, code, bug)) { IsOfFlows = true };

    private static PlantedEdit Edit(string file, string code, string bug) => new(file, code, bug);
}
