/** Comments of both sides, and what became of the messages that they were taken from (R33). */
import type { Claim } from './claim.ts';
import type { Comment } from './values.ts';
import type { AddComment, DeleteComment, EditComment } from './commands.ts';
import type { Decision } from './decision.ts';
import { happened, NOTHING, refuse, requiredComment, stamp } from './decision.ts';
import { MAX_COMMENTS } from './text.ts';

/**
 * Teams delivers a message again after about half a minute, then under another id; perhaps to a slow instance, or to
 * one whose clock is half a minute ahead of the other's, which is half a minute behind.
 */
const AGAIN_MS = 150_000;

/**
 * Visible to both sides; stops no clock. A message that was taken already is not taken twice, even under another id.
 */
export function addComment(command: AddComment, claim: Claim): Decision {
  const { id, message } = command;
  const comment = requiredComment(command.text);
  if ('refusal' in comment) return refuse(comment.refusal);
  if (message !== undefined && (byMessage(claim, message) || isSaidAgain(command, claim, comment.text))) return NOTHING;
  if (claim.comments.length >= MAX_COMMENTS) return refuse({ code: 'commentsTooMany', most: MAX_COMMENTS });
  return happened({
    type: 'CommentAdded',
    ...stamp(command, claim),
    commentId: id,
    text: comment.text,
    ...(message !== undefined && { message }),
  });
}

/** The message was edited in Teams: recorded as an edit, the old text kept in the history. */
export function editComment(command: EditComment, claim: Claim): Decision {
  const comment = byMessage(claim, command.message);
  if (!comment) return refuse({ code: 'commentUnknown' });
  const denied = notTheWriter(command, comment);
  if (denied) return denied;
  const text = requiredComment(command.text);
  if ('refusal' in text) return refuse(text.refusal);
  if (comment.deletedAt === undefined && text.text === comment.text) return NOTHING;
  return happened({
    type: 'CommentEdited',
    ...stamp(command, claim),
    commentId: comment.id,
    from: comment.text,
    to: text.text,
  });
}

/** The message was deleted in Teams: recorded as a deletion, nothing is taken out of the history. */
export function deleteComment(command: DeleteComment, claim: Claim): Decision {
  const comment = byMessage(claim, command.message);
  if (!comment) return refuse({ code: 'commentUnknown' });
  const denied = notTheWriter(command, comment);
  if (denied) return denied;
  if (comment.deletedAt !== undefined) return NOTHING;
  return happened({ type: 'CommentDeleted', ...stamp(command, claim), commentId: comment.id, text: comment.text });
}

/** The same words of the same person within two and a half minutes, from a message both times. */
function isSaidAgain({ by, at }: AddComment, { comments }: Claim, text: string): boolean {
  return (
    by.kind === 'person' &&
    comments.some(
      (said) =>
        said.message !== undefined &&
        said.deletedAt === undefined &&
        said.by.id === by.id &&
        said.text === text &&
        at - said.at < AGAIN_MS,
    )
  );
}

function byMessage(claim: Claim, message: string): Comment | undefined {
  return claim.comments.find((comment) => comment.message === message);
}

function notTheWriter(command: EditComment | DeleteComment, comment: Comment): Decision | undefined {
  return command.by.kind === 'person' && command.by.id === comment.by.id
    ? undefined
    : refuse({ code: 'commentNotYours' });
}
