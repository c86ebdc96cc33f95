// RxJS: one save after the other, each half a second after the last key.
import { Subject, concatMap, debounceTime } from 'rxjs';
import { ajax } from 'rxjs/ajax';

export default ({ given }) => {
  const person = { ...given }, saves = new Subject<object>();
  saves.pipe(debounceTime(500), concatMap(set => ajax.patch(`/people/${given.id}`, set, { 'Content-Type': 'application/json' }))).subscribe();
  return { update(set) { Object.assign(person, set); saves.next(set); }, screen: () => person };
};
